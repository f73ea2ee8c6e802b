/** Draws with WebGL where that is hardware's work; xterm's own DOM renderer does the rest. */
import type { Terminal } from '@xterm/xterm';

/** Loads the faster renderer and goes back to the DOM's when its context is lost. Never throws. */
export async function drawFaster(terminal: Terminal): Promise<void> {
  if (!hasFastWebgl()) return;
  try {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // The DOM renderer is at work already.
  }
}

function hasFastWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
