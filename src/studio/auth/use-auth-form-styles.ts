import { makeStyles, tokens } from '@fluentui/react-components';

export const useAuthFormStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});
