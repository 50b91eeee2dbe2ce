import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A property of a public struct, by the text of its type: `Duration`, `string[]`, `TeamProps[]`. */
export interface Prop {
  readonly name: string;
  readonly type: string;
}
/** What a class of the public API takes apart from its scope and id. */
export type Structs = ReadonlyMap<string, readonly Prop[]>;

/** Every struct that users can write, read from the sources of the main entry: whoever adds a property adds it here too. */
export function publicStructs(entry: string): Structs {
  const declared = new Map<string, ts.InterfaceDeclaration>();
  collect(entry, declared);
  const propsOf = (name: string): Prop[] => {
    const declaration = declared.get(name);
    if (declaration === undefined) return [];
    const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => expression.getText()),
    );
    const own = declaration.members.filter(ts.isPropertySignature);
    return [
      ...bases.flatMap(propsOf),
      ...own.map((member) => ({ name: member.name.getText(), type: member.type?.getText() ?? 'any' })),
    ];
  };
  // An interface with the I of the CDK is behaviour.
  const structs = [...declared.keys()].filter((name) => !/^I[A-Z]/.test(name));
  return new Map(structs.map((name) => [name, propsOf(name)]));
}

function collect(file: string, declared: Map<string, ts.InterfaceDeclaration>): void {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
      collect(pathOf(file, statement.moduleSpecifier.getText().slice(1, -1)), declared);
    }
    const isExported =
      ts.isInterfaceDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (isExported) declared.set(statement.name.text, statement);
  }
}

function pathOf(from: string, specifier: string): string {
  const path = join(dirname(from), specifier);
  return existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts');
}
