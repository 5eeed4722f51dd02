import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { CodeBlockRegular } from '@fluentui/react-icons/svg/code-block';
import { DocumentMultipleRegular } from '@fluentui/react-icons/svg/document-multiple';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { OptionsRegular } from '@fluentui/react-icons/svg/options';
import { ShieldKeyholeRegular } from '@fluentui/react-icons/svg/shield-keyhole';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { STEP_CHUNKS, type StepName } from './step-chunks.ts';
import type { StepProps } from './step-props.ts';

export interface WizardStep {
  /** In the address: `?step=general`. */
  readonly name: StepName;
  readonly title: string;
  readonly icon: ComponentType;
  readonly component: LazyExoticComponent<ComponentType<StepProps>>;
}

/** The steps in their order; each is loaded when it is opened. */
export const WIZARD_STEPS: readonly WizardStep[] = [
  {
    name: 'general',
    title: 'General',
    icon: InfoRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.general()).GeneralStep })),
  },
  {
    name: 'security',
    title: 'Security',
    icon: ShieldKeyholeRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.security()).SecurityStep })),
  },
  {
    name: 'definition',
    title: 'Definition',
    icon: CodeBlockRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.definition()).DefinitionStep })),
  },
  {
    name: 'policies',
    title: 'Policies',
    icon: OptionsRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.policies()).PoliciesStep })),
  },
  {
    name: 'code',
    title: 'Code',
    icon: CodeRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.code()).CodeStep })),
  },
  {
    name: 'paging',
    title: 'Paging',
    icon: DocumentMultipleRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.paging()).PagingStep })),
  },
  {
    name: 'test',
    title: 'Test',
    icon: BeakerRegular,
    component: lazy(async () => ({ default: (await STEP_CHUNKS.test()).TestStep })),
  },
];
