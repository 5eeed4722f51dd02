import type { DraftProblem } from '../../../connector/index.ts';
import { PageLink } from '../../components/links.tsx';

interface TextLinkProps {
  readonly draftId: string;
  /** Where the way back leads. */
  readonly step: string;
  readonly problem: DraftProblem;
  onClick?(): void;
}

/** The way from a problem to its line in the document; nothing for what is no text, such as the icon. */
export function TextLink({ draftId, step, problem, onClick }: TextLinkProps) {
  if (!/^\/(?:openapi|properties)/.test(problem.pointer)) return null;
  return (
    <PageLink
      inline
      to="/connectors/drafts/$draftId"
      params={{ draftId }}
      search={{ step, view: 'document', at: problem.pointer }}
      aria-label={`Show in the document: ${problem.message}`}
      onClick={onClick}
    >
      Show in the document
    </PageLink>
  );
}
