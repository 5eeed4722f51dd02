import { type RefObject, useEffect } from 'react';

const GAP_PX = 16;

/** Keeps what the keyboard goes to above a bar that sticks to the lower edge of the window. */
export function useScrollPadding(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = bar;
    if (current === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      const isSticky = getComputedStyle(current).position === 'sticky';
      style.scrollPaddingBlockEnd = isSticky ? `${current.offsetHeight + GAP_PX}px` : '';
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.scrollPaddingBlockEnd = '';
    };
  }, [bar]);
}
