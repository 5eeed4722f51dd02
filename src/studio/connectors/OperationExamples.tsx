import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import type { OperationDetail } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { JsonView } from '../components/JsonView.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  example: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    alignItems: 'flex-start',
    minWidth: 0,
  },
  view: { width: '100%', minWidth: 0 },
});

interface OperationExamplesProps {
  readonly examples: NonNullable<OperationDetail['examples']>;
  /** Somebody wants to try the operation with these inputs; missing: it cannot be tried here. */
  readonly onTry: ((inputs: JsonObject) => void) | undefined;
}

/** Inputs that the definition gives as examples; each fills the form. */
export function OperationExamples({ examples, onTry }: OperationExamplesProps) {
  const styles = useStyles();
  return (
    <div className={styles.list}>
      {examples.map(({ title, inputs }, index) => (
        <div key={title} className={styles.example}>
          <div className={styles.view}>
            <JsonView
              title={examples.length > 1 ? title : 'Inputs'}
              value={inputs}
              openLevels={index === 0 ? 2 : 0}
            />
          </div>
          {onTry && (
            <Button
              size="small"
              icon={<PlayRegular />}
              aria-label={`Try it with ${title}`}
              onClick={() => onTry(inputs)}
            >
              Try it with these
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}
