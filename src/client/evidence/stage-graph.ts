/** Draws the reader's newest build from a Dockerfile in the place of the measured one, while it goes on. */
import type { Build } from '../../../sandbox/protocol/evidence.ts';
import { layOut, markOf, nodeAt, UNIT } from './graph-layout.ts';
import type { Graph, Row } from './graph-layout.ts';
import { hear } from './page.ts';
import { buildText, shareOf, stageText, stepText } from './step-text.ts';
import { svg } from './svg.ts';

class StageGraph extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    hear('builds', this.#life.signal, ({ builds }) => {
      const newest = builds.find(({ file, steps }) => file === this.dataset['file'] && steps.length > 0);
      if (newest) this.#show(newest);
    });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #show(build: Build): void {
    const graph = layOut(build.steps);
    this.dataset['from'] = 'yours';
    const drawing = this.querySelector('.graph > svg');
    drawing?.setAttribute('viewBox', `0 0 ${graph.width} ${Math.max(1, graph.height)}`);
    drawing?.replaceChildren(...drawn(graph));
    this.querySelector<HTMLElement>('.graph')?.style.setProperty('--lanes', String(graph.width / UNIT.lane));
    const list = this.querySelector('.graph > ol');
    list?.replaceChildren(...graph.rows.map((row) => this.#row(row, build)));
    this.#hide('measured', true);
    this.#hide('live', false);
    this.#hide('failed', !build.steps.some(({ state }) => state === 'failed'));
    this.#hide('across', !graph.rows.some(({ from }) => from.length > 0));
    const sentence = this.querySelector('[data-part=sentence]');
    const text = buildText(build) + (build.error ? ` ${build.error}` : '');
    if (sentence && sentence.textContent !== text) sentence.textContent = text;
  }

  #hide(part: string, hidden: boolean): void {
    const element = this.querySelector<HTMLElement>(`[data-part=${part}]`);
    if (element) element.hidden = hidden;
  }

  #row({ step, first, from }: Row, { steps }: Build): Node {
    const row = this.querySelector('template')?.content.cloneNode(true) as DocumentFragment;
    const item = row.querySelector('li');
    if (item) {
      item.dataset['state'] = step.state;
      item.toggleAttribute('data-first', first);
    }
    const texts = {
      stage: stageText(step.stage ?? ''),
      name: step.name,
      said: stepText(step, steps),
      from: from.length > 0 ? `takes from ${from.map(stageText).join(', ')}` : '',
    };
    for (const [part, text] of Object.entries(texts)) {
      const element = row.querySelector(`[data-part=${part}]`);
      if (element) element.textContent = text;
    }
    row.querySelector('[data-part=name]')?.setAttribute('title', step.name);
    row.querySelector<HTMLElement>('[data-part=bar]')?.style.setProperty('--share', String(shareOf(step, steps)));
    return row;
  }
}

function drawn({ rows, edges }: Graph): SVGElement[] {
  const nodes = rows.map(({ step, lane }, index) => {
    const { x, y } = nodeAt(lane, index);
    const node = svg('g', { class: 'node', 'data-state': step.state, transform: `translate(${x} ${y})` });
    node.append(svg('circle', { r: String(UNIT.node) }), svg('path', { d: markOf(step) }));
    return node;
  });
  return [...edges.map(({ kind, d }) => svg('path', { class: kind, d })), ...nodes];
}

customElements.define('slipway-stage-graph', StageGraph);
