import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { CodeBlockRegular } from '@fluentui/react-icons/svg/code-block';
import { DocumentMultipleRegular } from '@fluentui/react-icons/svg/document-multiple';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { OptionsRegular } from '@fluentui/react-icons/svg/options';
import { ShieldKeyholeRegular } from '@fluentui/react-icons/svg/shield-keyhole';
import type { ComponentType } from 'react';
import { STEPS, type StepName } from './step-chunks.ts';
import type { StepProps } from './step-props.ts';

export interface WizardStep {
  /** In the address: `?step=general`. */
  readonly name: StepName;
  readonly title: string;
  readonly icon: ComponentType;
  readonly component: ComponentType<StepProps>;
}

/** The steps in their order; each is loaded when it is opened. */
export const WIZARD_STEPS: readonly WizardStep[] = [
  {
    name: 'general',
    title: 'General',
    icon: InfoRegular,
    component: STEPS.general,
  },
  {
    name: 'security',
    title: 'Security',
    icon: ShieldKeyholeRegular,
    component: STEPS.security,
  },
  {
    name: 'definition',
    title: 'Definition',
    icon: CodeBlockRegular,
    component: STEPS.definition,
  },
  {
    name: 'policies',
    title: 'Policies',
    icon: OptionsRegular,
    component: STEPS.policies,
  },
  {
    name: 'code',
    title: 'Code',
    icon: CodeRegular,
    component: STEPS.code,
  },
  {
    name: 'paging',
    title: 'Paging',
    icon: DocumentMultipleRegular,
    component: STEPS.paging,
  },
  {
    name: 'test',
    title: 'Test',
    icon: BeakerRegular,
    component: STEPS.test,
  },
];
