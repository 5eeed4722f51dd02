import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  type Theme,
} from '@fluentui/react-components';

/** Each shade has the luminance of Fluent's blue of the same number, so every contrast that Fluent promises holds. */
const teal: BrandVariants = {
  10: '#00191b',
  20: '#002628',
  30: '#003234',
  40: '#023f42',
  50: '#024d50',
  60: '#035b5f',
  70: '#06676b',
  80: '#08767b',
  90: '#069298',
  100: '#0dabb2',
  110: '#32b7be',
  120: '#54c2c8',
  130: '#7ecfd3',
  140: '#a2dde0',
  150: '#c2e9eb',
  160: '#e7f5f5',
};

export const lightTheme: Theme = createLightTheme(teal);

const dark = createDarkTheme(teal);

export const darkTheme: Theme = {
  ...dark,
  colorBrandForeground1: teal[110],
  colorBrandForeground2: teal[120],
  colorBrandForegroundLink: teal[110],
  colorBrandForegroundLinkHover: teal[120],
};
