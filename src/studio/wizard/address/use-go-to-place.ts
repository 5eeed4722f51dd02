import { type RefObject, useEffect } from 'react';
import { findPlace } from './find-place.ts';

/** A step, and what is opened in it, may take a moment until it is there. */
const LOOK_FOR_MS = 5000;
const FOCUSABLE = 'input, textarea, select, button, [tabindex="0"]';

/**
 * Brings whoever arrives to the place that the address names, once it is on the screen: its field has the focus. Whoever
 * does something meanwhile is left alone.
 */
export function useGoToPlace(frame: RefObject<HTMLElement | null>, at: string | undefined, arrival: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen on the screen itself needs no way to it.
  useEffect(() => {
    const { current } = frame;
    if (at === undefined || current === null) return undefined;
    let shown: Element | undefined;
    const look = () => {
      const elements = [...current.querySelectorAll('[data-place]')];
      const found =
        elements[
          findPlace(
            elements.map((one) => one.getAttribute('data-place') ?? ''),
            at,
          )
        ];
      if (found === undefined || found === shown) return;
      shown = found;
      found.scrollIntoView({ block: 'center' });
      const field = found.matches(FOCUSABLE) ? found : found.querySelector(FOCUSABLE);
      if (field instanceof HTMLElement) field.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    const stop = () => {
      observer.disconnect();
      clearTimeout(timer);
      for (const type of ['pointerdown', 'keydown', 'wheel']) removeEventListener(type, stop, true);
    };
    const timer = setTimeout(stop, LOOK_FOR_MS);
    observer.observe(current, { childList: true, subtree: true });
    for (const type of ['pointerdown', 'keydown', 'wheel']) addEventListener(type, stop, true);
    look();
    return stop;
  }, [frame, arrival]);
}
