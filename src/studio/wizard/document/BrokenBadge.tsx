import { Badge, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({ root: { marginInlineStart: tokens.spacingHorizontalXS } });

/** On what leads to a text that cannot be read. */
export function BrokenBadge() {
  const styles = useStyles();
  return (
    <Badge className={styles.root} color="danger" size="extra-small" role="img" aria-label="cannot be read" />
  );
}
