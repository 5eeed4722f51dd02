import type { DraftProblem } from '../../../connector/index.ts';
import { PageLink } from '../../components/links.tsx';
import { WIZARD_STEPS } from '../steps.ts';

interface FormLinkProps {
  readonly draftId: string;
  readonly problem: DraftProblem;
  onClick?(): void;
}

/** The way from a problem to the field in which it is mended. */
export function FormLink({ draftId, problem, onClick }: FormLinkProps) {
  const step = WIZARD_STEPS.find(({ name }) => name === problem.step);
  if (step === undefined) return null;
  return (
    <PageLink
      inline
      to="/connectors/drafts/$draftId"
      params={{ draftId }}
      search={{ step: step.name, at: problem.pointer }}
      aria-label={`Go to ${step.title}: ${problem.message}`}
      onClick={onClick}
    >
      Go to {step.title}
    </PageLink>
  );
}
