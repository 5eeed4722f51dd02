import { makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { type Json, stringifyJson } from '../../base/index.ts';

const useStyles = makeStyles({
  string: { color: tokens.colorPaletteGreenForeground1, whiteSpace: 'pre-wrap' },
  number: { color: tokens.colorPaletteBlueForeground2 },
  word: { color: tokens.colorPaletteBerryForeground1 },
  more: {
    border: 'none',
    background: 'none',
    font: 'inherit',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
  },
});

const LONG = 400;

/** A JSON value that holds no others; a long text is cut until it is asked for. */
export function JsonScalar({ value }: { value: Json }) {
  const styles = useStyles();
  const [whole, setWhole] = useState(false);
  const text = stringifyJson(value);
  if (typeof value === 'number' || typeof value === 'bigint')
    return <span className={styles.number}>{text}</span>;
  if (typeof value !== 'string') return <span className={styles.word}>{text}</span>;
  if (whole || text.length <= LONG) return <span className={styles.string}>{text}</span>;
  return (
    <>
      <span className={styles.string}>{text.slice(0, LONG)}…</span>
      <button type="button" className={styles.more} onClick={() => setWhole(true)}>
        all {text.length.toLocaleString('en')} characters
      </button>
    </>
  );
}
