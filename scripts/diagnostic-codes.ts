/** Finds every diagnostic that the program can give, by reading its source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A code and the messages that bear it, `…` standing for what changes. */
export type Messages = ReadonlyMap<string, readonly string[]>;

/** All codes under a folder, in their order. */
export function diagnosticCodes(folder: string): Messages {
  const found = new Map<string, Set<string>>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true), found);
  }
  const codes = [...found.keys()].sort();
  return new Map(codes.map((code) => [code, [...found.get(code)!]]));
}

function visit(node: ts.Node, found: Map<string, Set<string>>): void {
  if (ts.isStringLiteral(node) && /^[NEMWSAC]\d{3}$/.test(node.text)) {
    const message = messageOf(node);
    if (message) {
      const messages = found.get(node.text) ?? new Set();
      found.set(node.text, messages);
      for (const text of textsOf(message)) messages.add(text);
    }
  }
  ts.forEachChild(node, (child) => {
    visit(child, found);
  });
}

/** What stands behind the code in a call, or as `message` beside it in an object. */
function messageOf(code: ts.Node): ts.Expression | undefined {
  let argument = code;
  while (ts.isConditionalExpression(argument.parent)) argument = argument.parent;
  const { parent } = argument;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const list: readonly ts.Expression[] = parent.arguments ?? [];
    return list[list.indexOf(argument as ts.Expression) + 1];
  }
  if (!ts.isPropertyAssignment(parent) || !ts.isObjectLiteralExpression(parent.parent)) return;
  for (const property of parent.parent.properties) {
    if (property.name?.getText() !== 'message') continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

function textsOf(message: ts.Expression): string[] {
  if (ts.isStringLiteralLike(message)) return [message.text];
  if (ts.isTemplateExpression(message)) {
    const spans = message.templateSpans.map(({ literal }) => `…${literal.text}`);
    return [message.head.text + spans.join('')];
  }
  if (ts.isConditionalExpression(message))
    return [...textsOf(message.whenTrue), ...textsOf(message.whenFalse)];
  if (ts.isBinaryExpression(message))
    return [(textsOf(message.left)[0] ?? '…') + (textsOf(message.right)[0] ?? '…')];
  if (ts.isIdentifier(message)) {
    const initializer = declarationOf(message);
    return initializer ? textsOf(initializer) : argumentsFor(message).flatMap(textsOf);
  }
  return [];
}

/** The value of the constant that a name means, where it is declared in the same file. */
function declarationOf(name: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = name.parent; !ts.isSourceFile(scope); scope = scope.parent) {
    if (!ts.isBlock(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const found = statement.declarationList.declarations.find(
        (declaration) => declaration.name.getText() === name.text,
      );
      if (found) return found.initializer;
    }
  }
  return undefined;
}

/** What is passed where a name is a parameter of a function of the same file. */
function argumentsFor(name: ts.Identifier): ts.Expression[] {
  let owner: ts.Node = name;
  while (!ts.isSourceFile(owner) && !ts.isFunctionDeclaration(owner)) owner = owner.parent;
  if (!ts.isFunctionDeclaration(owner)) return [];
  const position = owner.parameters.findIndex(({ name: own }) => own.getText() === name.text);
  if (position < 0) return [];
  const found: ts.Expression[] = [];
  const search = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === owner.name?.text)
      found.push(...node.arguments.slice(position, position + 1));
    ts.forEachChild(node, search);
  };
  search(owner.getSourceFile());
  return found;
}
