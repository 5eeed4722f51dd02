import { Fragment } from 'react';
import { splitName } from '../format/split-name.ts';

/** A name of a document, which ends a line only where one of its words ends. What is copied is the name. */
export function LongName({ name }: { name: string }) {
  return splitName(name).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have an order and no other name
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
