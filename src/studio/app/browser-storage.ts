/** What a browser keeps for a page: it may be full, or forbidden, and then keeps nothing. */
export interface BrowserStorage {
  read(key: string): string | null;
  /** Whether there was room; else what was there before stays. */
  write(key: string, text: string): boolean;
  remove(key: string): void;
}

/** @param open gives the storage; a browser that forbids it throws already there */
export function guardStorage(open: () => Storage): BrowserStorage {
  return {
    read(key) {
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    write(key, text) {
      try {
        open().setItem(key, text);
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        open().removeItem(key);
      } catch {
        // A browser that keeps nothing has nothing to remove.
      }
    },
  };
}

/** For all tabs, until it is removed. */
export const browserStorage = guardStorage(() => localStorage);
/** For one tab, as long as it is open. */
export const tabStorage = guardStorage(() => sessionStorage);
