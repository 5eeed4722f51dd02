import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { CodeTextRegular } from '@fluentui/react-icons/svg/code-text';
import { FormRegular } from '@fluentui/react-icons/svg/form';
import { BrokenBadge } from './BrokenBadge.tsx';

const useStyles = makeStyles({
  root: { marginBottom: tokens.spacingVerticalL, marginInline: `-${tokens.spacingHorizontalM}` },
});

export type WizardView = 'form' | 'document';

interface ViewSwitchProps {
  readonly view: WizardView;
  readonly isBroken: boolean;
  onView(view: WizardView): void;
  /** Somebody points at the document, and is likely to open it. */
  onApproach?: (() => void) | undefined;
}

/** The same definition, as forms or as text. */
export function ViewSwitch({ view, isBroken, onView, onApproach }: ViewSwitchProps) {
  const styles = useStyles();
  return (
    <TabList
      className={styles.root}
      selectedValue={view}
      onTabSelect={(_, data) => onView(data.value as WizardView)}
      aria-label="How the definition is shown"
    >
      <Tab value="form" icon={<FormRegular />}>
        Form
      </Tab>
      <Tab value="document" icon={<CodeTextRegular />} onPointerEnter={onApproach} onFocus={onApproach}>
        Document
        {isBroken && <BrokenBadge />}
      </Tab>
    </TabList>
  );
}
