import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  SearchBox,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { POLICY_TEMPLATES, type PolicyTemplate } from '../../../connector/index.ts';
import { matchesSearch } from '../../components/search.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '860px' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  grid: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(230px, 100%), 1fr))',
    margin: 0,
    padding: '2px',
    listStyle: 'none',
  },
  tile: {
    height: '100%',
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    justifyContent: 'flex-start',
    gap: tokens.spacingVerticalXS,
    textAlign: 'left',
    padding: tokens.spacingHorizontalM,
  },
  description: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

const CATEGORIES = ['The request', 'The request or the answer', 'The answer'] as const;

interface PolicyGalleryProps {
  readonly open: boolean;
  onPick(templateId: string): void;
  onClose(): void;
}

/** All templates of policies, by what they change. */
export function PolicyGallery({ open, onPick, onClose }: PolicyGalleryProps) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const found = POLICY_TEMPLATES.filter(({ title, description, templateId }) =>
    matchesSearch(search, title, description, templateId),
  );
  return (
    <Dialog open={open} onOpenChange={(_, data) => data.open || onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Add a policy</DialogTitle>
          <DialogContent className={styles.content}>
            <SearchBox
              aria-label="Search policies"
              placeholder="Search: header, host, list…"
              value={search}
              onChange={(_, data) => setSearch(data.value)}
            />
            {found.length === 0 && <Text>No policy is called so. Try a shorter word.</Text>}
            {CATEGORIES.map((category) => {
              const templates = found.filter((template) => findCategory(template) === category);
              if (templates.length === 0) return null;
              return (
                <section key={category} aria-label={category} className={styles.content}>
                  <Subtitle2 as="h3">{category}</Subtitle2>
                  <ul className={styles.grid}>
                    {templates.map(({ templateId, title, description }) => (
                      <li key={templateId}>
                        <Button className={styles.tile} onClick={() => onPick(templateId)}>
                          <span>{title}</span>
                          <Text size={200} className={styles.description}>
                            {description}
                          </Text>
                        </Button>
                      </li>
                    ))}
                  </ul>
                </section>
              );
            })}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function findCategory({ sections }: PolicyTemplate): (typeof CATEGORIES)[number] {
  if (!sections.includes('request')) return 'The answer';
  return sections.length === 1 ? 'The request' : 'The request or the answer';
}
