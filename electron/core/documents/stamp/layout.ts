import { num } from '../pdf/syntax.ts'
import type { StampField, StampOptions } from '../types.ts'
import { glyphString } from './embed-font.ts'
import { textWidth, type FontSubset } from './font.ts'
import { checkOf, type PageFacts } from './template.ts'

/** A field's text with what it names filled in; unknown names stay as they are, so that they are seen. */
export function fieldText(field: StampField, options: StampOptions, facts: PageFacts): string {
  const values: Readonly<Record<string, string>> = {
    library: options.library,
    libraryEn: options.libraryEn ?? '',
    requestNo: options.requestNo,
    date: options.date,
    staff: options.staff ?? '',
    text: options.freeText ?? '',
    page: String(facts.page),
    pages: String(facts.pages),
    check: checkOf(facts),
  }
  return field.text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)
}

/** The fields of a layout as operators inside a text object, on a page of this seen size in points. */
export function layoutContent(
  fields: readonly StampField[],
  options: StampOptions,
  facts: PageFacts,
  page: { readonly width: number; readonly height: number; readonly scale: number; readonly font: FontSubset },
  fontName: string,
): string {
  const { width, height, scale, font } = page
  let content = ''
  for (const field of fields) {
    if ((field.on === 'first' && facts.page > 1) || (field.on === 'last' && facts.page < facts.pages)) continue
    const text = fieldText(field, options, facts)
    if (text === '') continue
    const natural = textWidth(font, text) / 1000
    // Never wider than the page: a long title becomes smaller rather than cut.
    const size = Math.min(field.size * scale, (width * 0.98) / Math.max(natural, 1e-6))
    const long = natural * size
    const wanted = field.x * width - (field.align === 'left' ? 0 : field.align === 'centre' ? long / 2 : long)
    const x = Math.max(0, Math.min(width - long, wanted))
    const y = Math.max(size * 0.25, Math.min(height - size, (1 - field.y) * height))
    content += `/${fontName} ${num(size)} Tf 1 0 0 1 ${num(x)} ${num(y)} Tm ${glyphString(font, text)} Tj\n`
  }
  return content
}
