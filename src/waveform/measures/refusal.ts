import { DiagnosticError, type Span, warning } from '../../base/index.js';

/** Why a measure has no value, with its place; to be thrown. */
export function refusal(reason: string, span: Span, help?: string): DiagnosticError {
  return new DiagnosticError([
    warning('W604', `no value: ${reason}`, span, { ...(help ? { help: [help] } : {}) }),
  ]);
}
