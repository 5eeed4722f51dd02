import { useEffect, useRef, useState } from 'react';

const SETTLE_MS = 250;

/** A text that is typed at once and handed on when the hands rest; it follows a value that somebody else changes. */
export function useSettledText(value: string, onSettle: (text: string) => void) {
  const [text, setText] = useState(value);
  const handed = useRef(value);
  const settle = useRef(onSettle);
  settle.current = onSettle;
  useEffect(() => {
    if (value === handed.current) return;
    handed.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === handed.current) return undefined;
    const timer = setTimeout(() => {
      handed.current = text;
      settle.current(text);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText] as const;
}
