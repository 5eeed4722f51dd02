import { makeStyles, tokens } from '@fluentui/react-components';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ConnectorDraft } from '../../api/index.ts';
import { readGeneral } from '../../connector/index.ts';
import { BackLink } from '../components/BackLink.tsx';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { LoadingRows } from '../components/Loading.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { NARROW } from '../components/styles.ts';
import { useConnectorDraft } from '../data/connector-drafts.ts';
import { useAddress } from './address/use-address.ts';
import { useGoToPlace } from './address/use-go-to-place.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { DraftActions, PublishButton } from './DraftActions.tsx';
import { BrokenTextNotice } from './document/BrokenTextNotice.tsx';
import { findPart } from './document/find-form.ts';
import { StepProblems } from './document/StepProblems.tsx';
import { useDocument } from './document/use-document.ts';
import { ViewSwitch, type WizardView } from './document/ViewSwitch.tsx';
import { StepFooter } from './StepFooter.tsx';
import { StepNavigation } from './StepNavigation.tsx';
import { DocumentView, loadDocumentAhead, loadStepAhead } from './step-chunks.ts';
import { WIZARD_STEPS } from './steps.ts';
import { useDraft } from './use-draft.ts';
import { useDraftProblems } from './use-draft-problems.ts';
import { useUndoKeys } from './use-undo-keys.ts';

const useStyles = makeStyles({
  body: {
    display: 'grid',
    gridTemplateColumns: '208px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXL,
    alignItems: 'start',
    [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  },
  step: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
});

const route = getRouteApi('/shell/connectors/drafts/$draftId');

/** Where a connector is made, step by step; each change is kept at once. */
export function WizardPage() {
  const { draftId } = route.useParams();
  const search = route.useSearch();
  useState(() => void loadStepAhead(search));
  const query = useConnectorDraft(draftId);
  return (
    <QueryView query={query} what="connector">
      {(draft) => <Wizard key={draft.id} draft={draft} />}
    </QueryView>
  );
}

function Wizard({ draft }: { draft: ConnectorDraft }) {
  const styles = useStyles();
  const { step: wanted, view: wantedView } = route.useSearch();
  const address = useAddress();
  const { at } = address;
  const navigate = route.useNavigate();
  const view: WizardView = wantedView === 'document' ? 'document' : 'form';
  const document = useDocument(
    draft.id,
    useDraft(draft),
    view === 'document' ? findPart(at).part : undefined,
  );
  const { editing } = document;
  const { definition, change } = editing;
  const problems = useDraftProblems(definition, view === 'document' && !document.isWritten);
  useUndoKeys(editing);
  const general = readGeneral(definition);
  const title = general.title.trim() || 'Untitled connector';
  const [first] = WIZARD_STEPS;
  const step = WIZARD_STEPS.find(({ name }) => name === wanted) ?? first;
  const current = useMemo(
    () => ({ ...draft, revision: editing.revision, title }),
    [draft, editing.revision, title],
  );
  const onChange = useCallback<typeof change>((next, label) => change(next, label), [change]);
  useScrollToTop(`${step?.name} ${view}`);
  const [isPublishing, setPublishing] = useState(false);
  const publish = useCallback(() => setPublishing(true), []);
  const frame = useRef<HTMLElement>(null);
  useGoToPlace(frame, view === 'form' ? at : undefined, address.arrival);
  if (step === undefined) return null;
  const Step = step.component;
  return (
    <>
      <PageHeader
        title={title}
        description={describeDraft(draft)}
        icon={
          <ConnectorIcon
            title={title}
            icon={general.icon && `data:image/png;base64,${general.icon}`}
            brandColor={general.brandColor}
            size={56}
          />
        }
        above={
          <BackLink>
            {draft.connectorId === undefined ? (
              <PageLink to="/connectors">Connectors</PageLink>
            ) : (
              <PageLink to="/connectors/$connectorId" params={{ connectorId: draft.connectorId }}>
                {draft.title}
              </PageLink>
            )}
          </BackLink>
        }
        actions={
          <DraftActions
            draft={current}
            editing={editing}
            problems={problems}
            broken={document.broken}
            isPublishing={isPublishing}
            onPublish={setPublishing}
          />
        }
      />
      <ViewSwitch
        view={view}
        isBroken={document.broken !== undefined}
        onApproach={view === 'document' || document.isWritten ? undefined : loadDocumentAhead}
        onView={(next) =>
          void navigate({
            search: ({ view: _view, ...before }) => ({
              ...before,
              step: step.name,
              ...(next === 'document' ? { view: next } : {}),
            }),
          })
        }
      />
      {view === 'document' ? (
        <section className={styles.step} aria-label="Document">
          <Suspense fallback={<LoadingRows label="Loading the document" />}>
            <DocumentView
              document={document}
              definition={definition}
              problems={problems}
              at={at}
              onPart={(part) =>
                void navigate({ search: { step: step.name, view, at: `/${part}` }, replace: true })
              }
              onForm={(place) => void navigate({ search: place })}
            />
          </Suspense>
        </section>
      ) : (
        <div className={styles.body}>
          <StepNavigation draftId={draft.id} current={step.name} problems={problems} />
          <section className={styles.step} ref={frame} aria-label={step.title}>
            {document.broken && (
              <BrokenTextNotice draftId={draft.id} step={step.name} broken={document.broken}>
                What you change here is kept, and joins the text once it can be read.
              </BrokenTextNotice>
            )}
            <Suspense fallback={<LoadingRows label={`Loading ${step.title}`} />}>
              <Step
                draft={current}
                definition={definition}
                problems={problems}
                address={address}
                onChange={onChange}
                flush={editing.flush}
                publish={publish}
              />
            </Suspense>
            <StepProblems draftId={draft.id} step={step.name} problems={problems} />
            <StepFooter
              draftId={draft.id}
              current={step.name}
              end={<PublishButton draft={current} onPublish={setPublishing} />}
            />
          </section>
        </div>
      )}
      <ConflictDialog editing={editing} />
    </>
  );
}

function describeDraft({ connectorId, baseVersion }: ConnectorDraft): string {
  return connectorId === undefined ? 'A new connector' : `Made from version ${baseVersion}`;
}

/** A new step begins at its top. */
function useScrollToTop(step: string | undefined): void {
  useEffect(() => {
    if (step !== undefined && scrollY > 0) scrollTo({ top: 0 });
  }, [step]);
}
