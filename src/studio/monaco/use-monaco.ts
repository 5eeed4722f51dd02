import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTheme } from '../app/theme.tsx';

/** What every editor of a text can do. */
export interface TextEditor {
  /** Replaces the text, unless it is what is there already. */
  setText(text: string): void;
  setDark(isDark: boolean): void;
  dispose(): void;
}

/** Makes an editor inside an element; `latest` is what is given to it now, whenever it is read. */
type CreateEditor<Props, Editor> = (element: HTMLElement, latest: { readonly current: Props }) => Editor;

interface MonacoOptions<Props, Editor> {
  /** Fetches the code of the editor, which is large: pages do without it until it is there. */
  load(): Promise<CreateEditor<Props, Editor>>;
  onFail(): void;
  /** Told before the editor goes. */
  onLeave?(editor: Editor): void;
}

/**
 * An editor inside an element of the page, in step with its text and the theme; undefined until it is there. It is made
 * although its text is still being fetched: both take a while.
 */
export function useMonaco<Props extends { readonly text: string | undefined }, Editor extends TextEditor>(
  props: Props,
  options: MonacoOptions<Props, Editor>,
): { readonly frame: RefObject<HTMLDivElement | null>; readonly editor: Editor | undefined } {
  const { isDark } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const asked = useRef(options);
  const [editor, setEditor] = useState<Editor>();
  useEffect(() => {
    latest.current = props;
    asked.current = options;
  });
  useEffect(() => {
    let isGone = false;
    let made: Editor | undefined;
    asked.current
      .load()
      .then((create) => {
        if (isGone || !frame.current) return;
        made = create(frame.current, latest);
        setEditor(made);
      })
      .catch(() => !isGone && asked.current.onFail());
    return () => {
      isGone = true;
      if (made) asked.current.onLeave?.(made);
      made?.dispose();
    };
  }, []);
  const { text } = props;
  useEffect(() => {
    if (text !== undefined) editor?.setText(text);
  }, [editor, text]);
  useEffect(() => editor?.setDark(isDark), [editor, isDark]);
  return { frame, editor };
}
