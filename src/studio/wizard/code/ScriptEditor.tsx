import { makeStyles, Spinner, Textarea, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../../app/theme.tsx';
import { MONOSPACE } from '../../components/styles.ts';
import type { ScriptMonaco } from './script-monaco.ts';

const useStyles = makeStyles({
  frame: {
    height: '420px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    display: 'grid',
  },
  plain: { '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', maxHeight: 'none' } },
});

interface ScriptEditorProps {
  readonly text: string;
  onChange(text: string): void;
}

/** The editor of a script: Monaco, or a plain field where it cannot be loaded. */
export function ScriptEditor({ text, onChange }: ScriptEditorProps) {
  const styles = useStyles();
  const { isDark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef({ text, onChange });
  const [monaco, setMonaco] = useState<ScriptMonaco>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    latest.current = { text, onChange };
  });
  useEffect(() => {
    let isGone = false;
    let made: ScriptMonaco | undefined;
    import('./script-monaco.ts')
      .then(({ createScriptMonaco }) => {
        if (isGone || !place.current) return;
        made = createScriptMonaco(place.current, latest.current.text, (next) => {
          if (next !== latest.current.text) latest.current.onChange(next);
        });
        setMonaco(made);
      })
      .catch(() => !isGone && setFailed(true));
    return () => {
      isGone = true;
      made?.dispose();
    };
  }, []);
  useEffect(() => monaco?.setText(text), [monaco, text]);
  useEffect(() => monaco?.setDark(isDark), [monaco, isDark]);
  if (failed) {
    return (
      <Textarea
        className={styles.plain}
        aria-label="Script"
        value={text}
        textarea={{ rows: 20, spellCheck: false }}
        onChange={(_, data) => onChange(data.value)}
      />
    );
  }
  return (
    <div className={styles.frame} ref={place}>
      {!monaco && <Spinner label="Loading the editor" />}
    </div>
  );
}
