/** Keeps the sizes of the reader's own two images as they build them, for the table, the picture and the calculator of other lessons. */
import { keepSizes, OWN_SIZES } from '../../components/lesson/own-sizes.ts';
import { hear } from './page.ts';

hear('images', new AbortController().signal, ({ images }) => {
  const sizeOf = (name: string) => images.find(({ tags }) => tags.includes(name))?.bytes;
  const [single, multi] = [sizeOf('goapp:singlestage'), sizeOf('goapp:multistage')];
  if (single === undefined || multi === undefined) return;
  const own = { singleMB: inMB(single), multiMB: inMB(multi) };
  keepSizes(own);
  document.dispatchEvent(new CustomEvent(OWN_SIZES, { detail: own }));
});

/** With three figures, as `docker images` shows it. */
function inMB(bytes: number): number {
  return Number((bytes / 1e6).toPrecision(3));
}
