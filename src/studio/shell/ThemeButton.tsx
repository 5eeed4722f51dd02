import { Button, Tooltip } from '@fluentui/react-components';
import { WeatherMoonRegular } from '@fluentui/react-icons/svg/weather-moon';
import { WeatherSunnyRegular } from '@fluentui/react-icons/svg/weather-sunny';
import { useTheme } from '../app/theme.tsx';

/** Turns the light on or off. */
export function ThemeButton() {
  const { isDark, setChoice } = useTheme();
  return (
    <Tooltip content={isDark ? 'Switch to light' : 'Switch to dark'} relationship="label">
      <Button
        appearance="subtle"
        icon={isDark ? <WeatherSunnyRegular /> : <WeatherMoonRegular />}
        onClick={() => setChoice(isDark ? 'light' : 'dark')}
      />
    </Tooltip>
  );
}
