import { makeStyles, tokens } from '@fluentui/react-components';
import { DEFAULT_BRAND_COLOR } from '../../connector/index.ts';
import { formatInitials } from '../format/count.ts';

const useStyles = makeStyles({
  root: {
    display: 'inline-grid',
    placeItems: 'center',
    flexShrink: 0,
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusLarge,
    color: '#fff',
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: '0.02em',
  },
  image: { width: '100%', height: '100%', objectFit: 'contain' },
});

interface ConnectorIconProps {
  readonly title: string;
  readonly icon?: string | undefined;
  readonly brandColor?: string | undefined;
  readonly size?: number;
}

/** The icon of a connector, or its initials on its colour. It repeats the title, so it is silent. */
export function ConnectorIcon({ title, icon, brandColor, size = 40 }: ConnectorIconProps) {
  const styles = useStyles();
  const background = brandColor && /^#[0-9a-f]{6}$/i.test(brandColor) ? brandColor : DEFAULT_BRAND_COLOR;
  return (
    <span
      aria-hidden
      className={styles.root}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.38,
        background,
        color: isLight(background) ? '#1b1b1b' : '#fff',
      }}
    >
      {icon ? <img className={styles.image} src={icon} alt="" /> : formatInitials(title)}
    </span>
  );
}

/** Whether dark letters read better on a colour: by relative luminance, where 0.18 is as far from black as from white. */
function isLight(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
}
