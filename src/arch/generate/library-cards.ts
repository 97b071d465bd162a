import type { GenerateOptions } from './generate-options.js';

/** The `.include` lines that a deck with these options needs. */
export function libraryCards(options: GenerateOptions, periphery: boolean): string[] {
  const { library, transistors, memristor } = options;
  const files = [
    'table-1.lib',
    transistors === 'bsim3' ? 'transistors.lib' : 'transistors-level1.lib',
    memristor === 'team' ? 'memristor.lib' : 'memristor-behavioural.lib',
    'synapse.lib',
    ...(periphery ? [options.periphery === 'ideal' ? 'periphery-ideal.lib' : 'periphery.lib'] : []),
  ];
  return files.map((file) => {
    const path = library === '' ? file : `${library}/${file}`;
    return `.include ${/\s/.test(path) ? `"${path}"` : path}`;
  });
}

/**
 * Replaces `.include "path"` lines by what `read` gives for the path, so that a deck stands for
 * itself. Paths within an included text are relative to its own, as in a simulator.
 */
export function inlineIncludes(deck: string, read: (path: string) => string, folder = ''): string {
  return deck.replace(
    /^\.include\s+(?:"([^"]+)"|(\S+))\s*$/gm,
    (_, quoted?: string, plain?: string) => {
      const path = quoted ?? plain ?? '';
      const whole = path.startsWith('/') || folder === '' ? path : `${folder}/${path}`;
      const slash = whole.lastIndexOf('/');
      return inlineIncludes(read(whole), read, slash < 0 ? '' : whole.slice(0, slash)).trimEnd();
    },
  );
}
