import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { FlashRegular } from '@fluentui/react-icons/svg/flash';
import type { RunTrigger } from '../../api/index.ts';
import { JsonView } from '../components/JsonView.tsx';

const useStyles = makeStyles({
  root: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  panel: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    margin: tokens.spacingHorizontalM,
  },
});

/** What started the run. */
export function TriggerEntry({ trigger }: { trigger: RunTrigger }) {
  const styles = useStyles();
  return (
    <Accordion collapsible className={styles.root}>
      <AccordionItem value="trigger">
        <AccordionHeader icon={<FlashRegular />}>{trigger.name.replaceAll('_', ' ')}</AccordionHeader>
        <AccordionPanel className={styles.panel}>
          {trigger.inputs !== undefined && <JsonView title="Trigger inputs" value={trigger.inputs} />}
          <JsonView title="Trigger outputs" value={trigger.outputs} />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}
