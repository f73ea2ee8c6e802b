/** Values that stand in MDX as literals: what a block is told must be readable without running the page. */
import { parseExpressionAt, type Expression, type SpreadElement } from 'acorn';

/**
 * Reads an attribute's expression: strings, numbers, booleans, null, arrays, objects, and templates without expressions in them.
 * @throws Error saying what stands there instead
 */
export function literal(source: string): unknown {
  // In brackets, so that an object is not taken for a block, and anything behind the value is seen.
  const text = `(${source})`;
  const parsed = parseExpressionAt(text, 0, { ecmaVersion: 2024, preserveParens: true });
  if (parsed.type !== 'ParenthesizedExpression' || text.slice(parsed.end).trim() !== '') throw notLiteral(source);
  return value(parsed.expression, source);
}

function value(node: Expression | SpreadElement | null, source: string): unknown {
  switch (node?.type) {
    case 'ParenthesizedExpression':
      return value(node.expression, source);
    case 'Literal':
      if (node.regex || node.bigint != null) break;
      return node.value;
    case 'TemplateLiteral':
      if (node.expressions.length > 0) break;
      return node.quasis[0]?.value.cooked;
    case 'UnaryExpression': {
      const of = node.operator === '-' ? value(node.argument, source) : undefined;
      if (typeof of !== 'number') break;
      return -of;
    }
    case 'ArrayExpression':
      return node.elements.map((element) => value(element, source));
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties.map((property) => {
          if (property.type !== 'Property' || property.computed || property.kind !== 'init' || property.shorthand) {
            throw notLiteral(source);
          }
          const { key } = property;
          const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
          if (name === undefined) throw notLiteral(source);
          return [name, value(property.value, source)];
        }),
      );
  }
  throw notLiteral(source);
}

function notLiteral(source: string): Error {
  return new Error(`expected text, numbers, lists and objects written out, received {${source}}`);
}
