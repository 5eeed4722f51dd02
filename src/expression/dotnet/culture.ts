import { Fault } from '../define.ts';

const DEFAULT_LOCALE = 'en-US';

/** Remembers what was derived for a locale. Only known locales get in, so it cannot grow without bound. */
export function createCultureCache<T>(derive: (locale: string) => T): (locale?: string) => T {
  const cache = new Map<string, T>();
  return (given = DEFAULT_LOCALE) => {
    const key = given === '' ? DEFAULT_LOCALE : given;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const derived = derive(resolveLocale(key));
    cache.set(key, derived);
    return derived;
  };
}

/** The canonical name of a locale such as `de-de`. */
function resolveLocale(locale: string): string {
  try {
    const [known] = Intl.DateTimeFormat.supportedLocalesOf([locale]);
    if (known !== undefined) return known;
  } catch {
    // malformed: no locale either
  }
  throw new Fault("expects a locale such as 'en-US' or 'de-DE'", { parameter: 'locale', seen: locale });
}
