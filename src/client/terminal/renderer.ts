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
  if (context === null) return false;
  const debug = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(debug?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  // Not every browser calls a processor that plays a graphics card a caveat.
  return !/swiftshader|llvmpipe|software|basic render/i.test(String(name));
}
