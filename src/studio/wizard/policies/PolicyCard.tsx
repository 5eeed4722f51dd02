import {
  Badge,
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Text,
  Tooltip,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { ReOrderDotsVerticalRegular } from '@fluentui/react-icons/svg/re-order-dots-vertical';
import type { ReactElement } from 'react';
import type { CompiledConnector, DraftProblem, PolicyEntry } from '../../../connector/index.ts';
import { DisclosureTitle } from '../../components/DisclosureTitle.tsx';
import { PHONE } from '../../components/styles.ts';
import type { StepProps } from '../step-props.ts';
import { PolicyFields } from './PolicyFields.tsx';
import { PolicyPreview } from './PolicyPreview.tsx';
import { SECTION_NAMES } from './sections.ts';

const useStyles = makeStyles({
  root: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  target: { outline: `1px dashed ${tokens.colorBrandStroke1}` },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: tokens.spacingVerticalS,
    [PHONE]: { flexWrap: 'wrap', justifyContent: 'flex-end' },
  },
  handle: {
    display: 'flex',
    color: tokens.colorNeutralForeground3,
    cursor: 'grab',
    [PHONE]: { display: 'none' },
  },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  unknown: { color: tokens.colorNeutralForeground2 },
});

interface PolicyCardProps {
  readonly entry: PolicyEntry;
  readonly place: number;
  readonly count: number;
  readonly definition: StepProps['definition'];
  readonly connector: CompiledConnector | undefined;
  readonly problems: readonly DraftProblem[];
  readonly isOpen: boolean;
  readonly isDropTarget: boolean;
  readonly onChange: StepProps['onChange'];
  onToggle(): void;
  onUp(): void;
  onDown(): void;
  onDuplicate(): void;
  onDelete(): void;
  onDrag(index: number | undefined): void;
  onDrop(): void;
}

/** A policy in the list: what it is, where it stands, and, opened, its form and what it does. */
export function PolicyCard(props: PolicyCardProps) {
  const styles = useStyles();
  const { entry, place, count, isOpen, isDropTarget, problems } = props;
  const { index, template, templateId } = entry;
  const name = entry.title.trim() || template?.title || templateId;
  const worst = problems.some(({ severity }) => severity === 'error') ? 'danger' : 'warning';
  return (
    <li
      data-place={`/properties/policyTemplateInstances/${index}/`}
      className={mergeClasses(styles.root, isDropTarget && styles.target)}
      onDragOver={(event) => isDropTarget && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons do the same by keyboard. */}
      <div
        className={styles.head}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData('text/plain', name);
          event.dataTransfer.effectAllowed = 'move';
          props.onDrag(index);
        }}
        onDragEnd={() => props.onDrag(undefined)}
      >
        <span className={styles.handle} aria-hidden>
          <ReOrderDotsVerticalRegular />
        </span>
        <DisclosureTitle
          isOpen={isOpen}
          title={name}
          about={`${template?.title ?? templateId} · ${SECTION_NAMES[entry.section]} · ${describeScope(entry)}`}
          focus={`title-${index}`}
          onToggle={props.onToggle}
        />
        {template === undefined ? (
          <Badge appearance="tint" color="warning">
            Skipped
          </Badge>
        ) : (
          problems.length > 0 && (
            <Badge appearance="tint" color={worst}>
              {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
            </Badge>
          )
        )}
        <Tool
          label={`Move ${name} up`}
          icon={<ArrowUpRegular />}
          focus={`up-${index}`}
          disabled={place === 0}
          onClick={props.onUp}
        />
        <Tool
          label={`Move ${name} down`}
          icon={<ArrowDownRegular />}
          focus={`down-${index}`}
          disabled={place === count - 1}
          onClick={props.onDown}
        />
        <Tool label={`Duplicate ${name}`} icon={<CopyRegular />} onClick={props.onDuplicate} />
        <Tool label={`Delete ${name}`} icon={<DeleteRegular />} onClick={props.onDelete} />
      </div>
      {isOpen && (
        <div className={styles.body}>
          {template === undefined && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                The template <b>{templateId}</b> is not known here. The policy is kept as it is, goes into
                every export, and is passed over in calls.
              </MessageBarBody>
            </MessageBar>
          )}
          {template !== undefined && <Text className={styles.unknown}>{template.description}</Text>}
          <PolicyFields
            entry={entry}
            definition={props.definition}
            problems={problems}
            onChange={props.onChange}
          />
          {template !== undefined && props.connector !== undefined && (
            <PolicyPreview entry={entry} connector={props.connector} />
          )}
        </div>
      )}
    </li>
  );
}

function describeScope({ operationIds }: PolicyEntry): string {
  const [first, ...more] = operationIds;
  if (first === undefined) return 'all operations';
  return more.length === 0 ? first : `${operationIds.length} operations`;
}

interface ToolProps {
  readonly label: string;
  readonly icon: ReactElement;
  readonly focus?: string;
  readonly disabled?: boolean;
  onClick(): void;
}

function Tool({ label, icon, focus, disabled = false, onClick }: ToolProps) {
  return (
    <Tooltip content={label} relationship="label">
      <Button
        appearance="subtle"
        icon={icon}
        data-focus={focus}
        disabledFocusable={disabled}
        onClick={() => disabled || onClick()}
      />
    </Tooltip>
  );
}
