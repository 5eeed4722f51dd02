import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Badge,
  Button,
  Subtitle2,
  Text,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useState } from 'react';
import { type JsonObject, joinPointer } from '../../../base/index.ts';
import { addParameter, listParameters, type ParameterPlace, readType } from '../../../connector/index.ts';
import { isWithin } from '../address/is-within.ts';
import { type PlacedEditorProps, problemPlace } from './editor-props.ts';
import { ParameterEditor } from './ParameterEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

/** What an operation takes beside its body. */
export function ParameterList(props: PlacedEditorProps) {
  const { definition, pointer, shown, onChange, onShow } = props;
  const styles = useStepStyles();
  const places = listParameters(definition.openapi, pointer);
  const isShown = (place: ParameterPlace) =>
    shown !== undefined && [place.pointer, pointTo(pointer, place)].some((one) => isWithin(shown, one));
  const [open, setOpen] = useState<readonly unknown[]>(() => places.filter(isShown).map(keyOf));
  const toggle = (key: unknown, next: readonly unknown[]) => {
    setOpen(next);
    const place = places.find((one) => keyOf(one) === key);
    onShow(place !== undefined && next.includes(key) ? pointTo(pointer, place) : pointer);
  };
  const add = (kind: 'query' | 'header') =>
    onChange(
      addParameter(definition, pointer, kind),
      kind === 'query' ? 'New query parameter' : 'New header',
    );
  return (
    <section className={styles.stack} aria-label="Parameters">
      <div className={styles.bar}>
        <Subtitle2 as="h3" className={styles.grow}>
          Parameters
        </Subtitle2>
        <Button size="small" icon={<AddRegular />} onClick={() => add('query')}>
          Query parameter
        </Button>
        <Button size="small" icon={<AddRegular />} onClick={() => add('header')}>
          Header
        </Button>
      </div>
      {places.length === 0 && <Text className={styles.faint}>This operation takes no parameters.</Text>}
      <Accordion
        multiple
        collapsible
        openItems={[...open]}
        onToggle={(_, data) => toggle(data.value, data.openItems)}
      >
        {places.map((place) => (
          <AccordionItem
            key={keyOf(place)}
            value={keyOf(place)}
            data-place={`${problemPlace(place.pointer)}/ ${problemPlace(pointTo(pointer, place))}/`}
          >
            <AccordionHeader as="h4">
              <span className={styles.bar}>
                <span className={styles.mono}>{String(place.parameter['name'])}</span>
                <Badge appearance="tint" color="informative">
                  {String(place.parameter['in'])}
                </Badge>
                <Text size={200}>{describe(place)}</Text>
              </span>
            </AccordionHeader>
            <AccordionPanel>
              <ParameterEditor {...props} place={place} count={places.length} />
            </AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
    </section>
  );
}

/** By its place in the list: a parameter that is renamed stays open. */
function keyOf({ isCommon, index }: ParameterPlace): string {
  return `${isCommon ? 'common' : 'own'} ${index}`;
}

/** Where it is written in the operation or its path, be it no more than a reference. */
function pointTo(operation: string, { isCommon, index }: ParameterPlace): string {
  const owner = isCommon ? operation.slice(0, operation.lastIndexOf('/')) : operation;
  return joinPointer(owner, 'parameters', index);
}

function describe({ parameter, sharedAs, isCommon }: ParameterPlace): string {
  const schema = parameter['schema'] as JsonObject | undefined;
  return [
    readType(schema ?? {}),
    parameter['required'] === true ? 'required' : '',
    parameter['x-ms-visibility'] === 'internal' ? 'internal' : '',
    sharedAs === undefined ? '' : `shared as ${sharedAs}`,
    isCommon ? 'of the whole path' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
