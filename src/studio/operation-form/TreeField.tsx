import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Input,
  makeStyles,
  Spinner,
  Text,
  Tree,
  TreeItem,
  TreeItemLayout,
  tokens,
} from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
import { useState } from 'react';
import type { DynamicContent } from '../../api/index.ts';
import { formatPointer, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.tsx';
import { pickDependencies } from './inputs.ts';
import { describeRefusal } from './OptionsField.tsx';
import { useDynamicContent } from './queries.ts';
import { showText, useValue } from './ScalarFields.tsx';
import type { FormField } from './types.ts';

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalS },
  input: { flexGrow: 1, minWidth: 0 },
  tree: { minHeight: '160px', maxHeight: '50vh', overflow: 'auto' },
});

type Node = NonNullable<DynamicContent['nodes']>[number];

/** A folder, file or other node of a tree that the service shows level by level; it can be typed as well. */
export function TreeField({ field }: { readonly field: FormField }) {
  const styles = useStyles();
  const { value, setValue } = useValue(field);
  const [isOpen, setOpen] = useState(false);
  const choose = (chosen: Json) => {
    setValue(chosen);
    setOpen(false);
  };
  return (
    <>
      <FieldFrame field={field}>
        {(control) => (
          <div className={styles.row}>
            <Input
              {...control}
              className={styles.input}
              autoComplete="off"
              value={showText(value)}
              onChange={(_, data) => setValue(data.value === '' ? undefined : data.value)}
            />
            <Button onClick={() => setOpen(true)} aria-label={`Browse for ${field.label}`}>
              Browse
            </Button>
          </div>
        )}
      </FieldFrame>
      {isOpen && <TreeDialog field={field} onChoose={choose} onClose={() => setOpen(false)} />}
    </>
  );
}

interface TreeDialogProps {
  readonly field: FormField;
  onChoose(value: Json): void;
  onClose(): void;
}

function TreeDialog({ field, onChoose, onClose }: TreeDialogProps) {
  const styles = useStyles();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  return (
    <Dialog open onOpenChange={(_, data) => data.open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{field.label}</DialogTitle>
          <DialogContent className={styles.tree}>
            <Tree
              aria-label={field.label}
              openItems={open}
              onOpenChange={(_, data) => setOpen(new Set([...data.openItems].map(String)))}
            >
              <TreeLevel field={field} open={open} onChoose={onChoose} />
            </Tree>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

interface TreeLevelProps {
  readonly field: FormField;
  /** Keys of the nodes that are open. */
  readonly open: ReadonlySet<string>;
  readonly selection?: JsonObject;
  onChoose(value: Json): void;
}

/** The root's nodes, or those below one; read when they are shown. */
function TreeLevel({ field, open, selection, onChoose }: TreeLevelProps) {
  const { target, inputs } = useForm();
  const question = {
    pointer: formatPointer(field.path),
    ...(selection === undefined ? {} : { selection }),
    ...(field.isFromShape ? { extension: field.schema } : {}),
  };
  const query = useDynamicContent(target, question, inputs, pickDependencies(field.schema, inputs), true);
  if (query.isPending) return <Spinner size="tiny" label="Asking the service" />;
  if (query.isError) return <Text role="alert">{describeRefusal(query.error)}</Text>;
  const nodes = query.data.nodes ?? [];
  if (nodes.length === 0) return <Text>Nothing here.</Text>;
  return nodes.map((node) => (
    <TreeNode key={stringifyJson(node.value)} node={node} field={field} open={open} onChoose={onChoose} />
  ));
}

function TreeNode({ node, field, open, onChoose }: TreeLevelProps & { readonly node: Node }) {
  const key = stringifyJson(node.value);
  const choose = (
    <Button size="small" aria-label={`Choose ${node.title}`} onClick={() => onChoose(node.value)}>
      Choose
    </Button>
  );
  return (
    <TreeItem itemType={node.isParent ? 'branch' : 'leaf'} value={key}>
      <TreeItemLayout
        iconBefore={node.isParent ? <FolderRegular /> : <DocumentRegular />}
        aside={node.selectable ? choose : undefined}
      >
        {node.title}
      </TreeItemLayout>
      {node.isParent && (
        <Tree>
          {open.has(key) && (
            <TreeLevel field={field} open={open} selection={node.selection} onChoose={onChoose} />
          )}
        </Tree>
      )}
    </TreeItem>
  );
}
