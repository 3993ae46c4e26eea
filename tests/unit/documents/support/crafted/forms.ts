/** Forms: every type of field, with and without what a viewer needs to draw it. */
import { simplePdf, stream, type RawObject } from '../raw-pdf.ts'
import { N, type CraftedFile } from './parts.ts'

const FIELDS: Readonly<Record<string, string>> = {
  text: '/FT/Tx/V(typed words)',
  'text of two bytes': '/FT/Tx/V<FEFF77E57BC6>',
  'text of many lines': `/FT/Tx/Ff ${1 << 12}/V(one line\\rtwo\\nsix of it)`,
  'text in cells': `/FT/Tx/Ff ${1 << 24}/MaxLen 8/V(12345678)`,
  'text of a stream': `/FT/Tx/V ${N + 3} 0 R`,
  'text that is a name': '/FT/Tx/V/named',
  'text that is a number': '/FT/Tx/V 12',
  'rich text': '/FT/Tx/Ff 33554432/V(plain of rich)/RV(<body><p>plain of <b>rich</b></p></body>)',
  password: `/FT/Tx/Ff ${1 << 13}/V(secret)`,
  'an empty text': '/FT/Tx/V()',
  'no value': '/FT/Tx',
  'a check box': '/FT/Btn/V/Yes/AS/Yes',
  'a check box that is off': '/FT/Btn/V/Off/AS/Off',
  'a check box without a state': '/FT/Btn/V/Yes',
  'a radio button': `/FT/Btn/Ff ${1 << 15}/V/a/AS/a/MK<</CA(l)>>`,
  'a button': `/FT/Btn/Ff ${1 << 16}/MK<</CA(Press)>>`,
  'a list': '/FT/Ch/Opt[(red)(green)(blue)]/V(green)',
  'a list of pairs': '/FT/Ch/Opt[[(r)(red)][(g)(green)]]/V(g)/I[1]',
  'a list with several chosen': `/FT/Ch/Ff ${1 << 21}/Opt[(red)(green)(blue)]/V[(red)(blue)]`,
  'a choice': `/FT/Ch/Ff ${1 << 17}/Opt[(red)(green)]/V(red)`,
  'a choice that is typed': `/FT/Ch/Ff ${(1 << 17) | (1 << 18)}/Opt[(red)(green)]/V(mauve)`,
  'a signature without one': '/FT/Sig',
  'a field of no type': '/V(something)',
}

const DRAWING = stream(
  '/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</Helv 3 0 R>>>>',
  '/Tx BMC q BT /Helv 12 Tf 2 5 Td (drawn words) Tj ET Q EMC',
)
/** As many writers leave it: its font stands in the form's own resources. */
const DRAWING_BORROWING = stream(
  '/Subtype/Form/BBox[0 0 200 30]',
  '/Tx BMC q BT /Helv 12 Tf 2 5 Td (drawn words) Tj ET Q EMC',
)
const DRAWING_LOST = stream('/Subtype/Form/BBox[0 0 200 30]', 'BT /Lost 12 Tf 2 5 Td (drawn words) Tj ET')

interface FormWay {
  readonly name: string
  /** Entries of the widget beside its field's. */
  readonly widget: string
  /** Entries of the form; null where there is none. */
  readonly form: string | null
  readonly drawing?: Buffer
}

const HELV = '/DR<</Font<</Helv 3 0 R/ZaDb<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>>>>>/DA(/Helv 0 Tf 0 g)'
const WAYS: readonly FormWay[] = [
  { name: 'with nothing to draw it', widget: '', form: '' },
  { name: 'with fonts of the form', widget: '/DA(/Helv 12 Tf 0 g)', form: HELV },
  { name: 'that needs drawing', widget: '/DA(/Helv 12 Tf 0 g)', form: `${HELV}/NeedAppearances true` },
  { name: 'that needs drawing and has no font', widget: '/DA(/Nope 12 Tf 1 0 0 rg)', form: '/NeedAppearances true' },
  { name: 'that needs drawing and says nothing', widget: '', form: '/NeedAppearances true' },
  { name: 'with its drawing', widget: `/AP<</N ${N + 2} 0 R>>`, form: HELV, drawing: DRAWING },
  { name: 'whose drawing borrows', widget: `/AP<</N ${N + 2} 0 R>>`, form: HELV, drawing: DRAWING_BORROWING },
  { name: 'whose drawing names no font', widget: `/AP<</N ${N + 2} 0 R>>`, form: '', drawing: DRAWING_LOST },
  {
    name: 'whose drawing has states',
    widget: `/AP<</N<</Yes ${N + 2} 0 R/a ${N + 2} 0 R/Off null>>/D<</Yes ${N + 2} 0 R>>>>`,
    form: HELV,
    drawing: DRAWING,
  },
  {
    name: 'with a drawing that must be made anew',
    widget: `/DA(/Helv 12 Tf 0 g)/AP<</N ${N + 2} 0 R>>`,
    form: `${HELV}/NeedAppearances true`,
    drawing: DRAWING,
  },
  { name: 'in no form', widget: '', form: null },
  { name: 'in no form with its drawing', widget: `/AP<</N ${N + 2} 0 R>>`, form: null, drawing: DRAWING },
  { name: 'standing upright', widget: '/DA(/Helv 12 Tf 0 g)/MK<</R 90>>', form: `${HELV}/NeedAppearances true` },
  {
    name: 'in a box of colours',
    widget: '/DA(/Helv 12 Tf 0 g)/MK<</BC[1 0 0]/BG[0.9 0.9 1]>>/BS<</W 2>>',
    form: `${HELV}/NeedAppearances true`,
  },
  { name: 'hidden', widget: `/F 2/AP<</N ${N + 2} 0 R>>`, form: HELV, drawing: DRAWING },
  { name: 'only for print', widget: `/F 36/AP<</N ${N + 2} 0 R>>`, form: HELV, drawing: DRAWING },
  {
    name: 'of a form for another program',
    widget: `/AP<</N ${N + 2} 0 R>>`,
    form: `${HELV}/XFA[(preamble) ${N + 3} 0 R(template) ${N + 3} 0 R]`,
    drawing: DRAWING,
  },
]

function formOf(field: string, way: FormWay): Buffer {
  const extra: RawObject[] = [
    { number: N, body: `<</Type/Annot/Subtype/Widget/Rect[100 600 300 630]/T(a)${field}${way.widget}>>` },
    { number: N + 3, body: stream('', 'streamed words') },
  ]
  if (way.drawing) extra.push({ number: N + 2, body: way.drawing })
  return simplePdf({
    catalog: way.form === null ? '' : `/AcroForm<</Fields[${N} 0 R]${way.form}>>`,
    page: (i) => (i === 0 ? `/Annots[${N} 0 R]` : ''),
    extra,
  })
}

/** What a field's widgets take from the field above them. */
const inherited = (parent: string, kid: string, form = `${HELV}/NeedAppearances true`): Buffer =>
  simplePdf({
    catalog: `/AcroForm<</Fields[${N} 0 R]${form}>>`,
    page: (i) => (i === 0 ? `/Annots[${N + 1} 0 R ${N + 2} 0 R]` : ''),
    extra: [
      { number: N, body: `<</T(a)${parent}/Kids[${N + 1} 0 R ${N + 2} 0 R]>>` },
      { number: N + 1, body: `<</Type/Annot/Subtype/Widget/Rect[100 600 300 630]/Parent ${N} 0 R${kid}>>` },
      { number: N + 2, body: `<</Subtype/Widget/Rect[100 560 300 590]/Parent ${N} 0 R/AS/Off>>` },
    ],
  })

export const FORMS: readonly CraftedFile[] = [
  ...Object.entries(FIELDS).flatMap(([name, field]) =>
    WAYS.map((way) => ({ name: `${name} ${way.name}`, bytes: formOf(field, way) })),
  ),
  ...[90, 180, 270].map((turn) => ({
    name: `a field that stays upright on a page turned by ${turn}`,
    bytes: simplePdf({
      catalog: `/AcroForm<</Fields[${N} 0 R]${HELV}>>`,
      page: (i) => (i === 0 ? `/Rotate ${turn}/Annots[${N} 0 R]` : ''),
      extra: [
        { number: N, body: `<</Subtype/Widget/FT/Tx/T(a)/F 20/Rect[200 400 400 430]/AP<</N ${N + 2} 0 R>>>>` },
        { number: N + 2, body: DRAWING },
      ],
    }),
  })),
  { name: 'a field shown twice', bytes: inherited('/FT/Tx/V(shown twice)/DA(/Helv 10 Tf 0 g)', '') },
  { name: 'radio buttons', bytes: inherited(`/FT/Btn/Ff ${1 << 15}/V/one`, '/AS/one/MK<</CA(l)>>') },
  { name: 'a field that is its own parent', bytes: inherited(`/FT/Tx/V(circle)/Parent ${N} 0 R`, '') },
  {
    name: 'a field that nobody draws on a page',
    bytes: simplePdf({ catalog: '/AcroForm<</Fields[9 0 R 77 0 R 5]>>' }),
  },
  { name: 'a form that is no dictionary', bytes: simplePdf({ catalog: '/AcroForm[1 2 3]' }) },
  {
    name: 'widgets without a rectangle',
    bytes: simplePdf({
      catalog: `/AcroForm<</Fields[${N} 0 R]${HELV}/NeedAppearances true>>`,
      page: (i) => (i === 0 ? `/Annots[${N} 0 R <</Subtype/Widget/FT/Tx/V(direct)/Rect[1 2]>>]` : ''),
      extra: [{ number: N, body: '<</Subtype/Widget/FT/Tx/V(nowhere)/T(a)>>' }],
    }),
  },
]
