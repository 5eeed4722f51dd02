import { FluentProvider } from '@fluentui/react-components';
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { darkTheme, lightTheme } from './brand.ts';
import { browserStorage } from './browser-storage.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly isDark: boolean;
  setChoice(choice: ThemeChoice): void;
}

const STORAGE_KEY = 'patchbay.theme';
const ThemeContext = createContext<ThemeState>({
  choice: 'system',
  isDark: false,
  setChoice: () => undefined,
});

export function useTheme(): ThemeState {
  return use(ThemeContext);
}

/** Light or dark: as the system says, until somebody chooses; the choice is remembered in this browser. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setStoredChoice] = useState(readChoice);
  const systemIsDark = useSyncExternalStore(watchSystem, () => systemQuery().matches);
  const isDark = choice === 'system' ? systemIsDark : choice === 'dark';
  const state = useMemo(
    () => ({
      choice,
      isDark,
      setChoice: (next: ThemeChoice) => {
        browserStorage.write(STORAGE_KEY, next);
        setStoredChoice(next);
      },
    }),
    [choice, isDark],
  );
  const theme = isDark ? darkTheme : lightTheme;
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
    document.body.style.background = theme.colorNeutralBackground2;
  }, [isDark, theme]);
  return (
    <ThemeContext value={state}>
      <FluentProvider theme={theme} style={{ minHeight: '100%', background: 'transparent' }}>
        {children}
      </FluentProvider>
    </ThemeContext>
  );
}

function systemQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

function watchSystem(onChange: () => void): () => void {
  const query = systemQuery();
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** A browser that keeps nothing has the choice as long as the page. */
function readChoice(): ThemeChoice {
  const stored = browserStorage.read(STORAGE_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
