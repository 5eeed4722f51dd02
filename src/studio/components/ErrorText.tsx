import { makeStyles, tokens } from '@fluentui/react-components';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  excerpt: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

/** A message: a sentence, and under it the lines that show the place, where it has any. */
export function ErrorText({ message }: { message: string }) {
  const styles = useStyles();
  const [sentence, ...excerpt] = message.split('\n');
  return (
    <>
      {sentence}
      {excerpt.length > 0 && <pre className={styles.excerpt}>{excerpt.join('\n')}</pre>}
    </>
  );
}
