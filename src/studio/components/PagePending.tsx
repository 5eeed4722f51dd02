import { LoadingRows } from './Loading.tsx';

/** Shown while the code of a page is fetched. */
export function PagePending() {
  return <LoadingRows label="Loading the page" />;
}
