/** Annotations, fields and what else a catalog leads to. */
import { simplePdf, stream } from '../raw-pdf.ts'
import { N, type CraftedFile } from './parts.ts'

const appearance = (text: string): Buffer =>
  stream(
    '/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F1 3 0 R>>>>',
    `BT /F1 12 Tf 2 5 Td (${text}) Tj ET`,
  )
const annotated = (subtype: string, more: string, catalog = ''): CraftedFile => ({
  name: `an annotation ${subtype} ${more.slice(0, 40)}${catalog.slice(0, 40)}`,
  bytes: simplePdf({
    catalog,
    page: (i) => (i === 0 ? `/Annots[${N} 0 R]` : ''),
    extra: [
      { number: N, body: `<</Type/Annot/Subtype/${subtype}/Rect[100 600 300 630]${more}>>` },
      { number: N + 1, body: appearance('annotated words') },
    ],
  }),
})

export const ANNOTATIONS: readonly CraftedFile[] = [
  annotated('FreeText', `/Contents(typed)/DA(/Helv 12 Tf)/AP<</N ${N + 1} 0 R>>`),
  annotated('FreeText', '/Contents(without a drawing)/DA(/Helv 12 Tf 0 g)'),
  annotated('Stamp', `/AP<</N ${N + 1} 0 R>>/F 4`),
  annotated('Stamp', `/AP<</N ${N + 1} 0 R>>/F 2`),
  annotated('Highlight', '/QuadPoints[100 630 300 630 100 600 300 600]/C[1 1 0]/Contents(note)'),
  annotated('Text', '/Contents(popup)/Popup 4 0 R'),
  annotated('Link', '/A<</S/URI/URI(https://example.org)>>'),
  annotated('Link', '/Dest[6 0 R/Fit]'),
  annotated('Link', '/A<</S/Launch/F(cmd.exe)>>'),
  annotated('Ink', '/InkList[[100 600 200 620]]'),
  annotated('Unknown', `/AP<</N ${N + 1} 0 R>>`),
  annotated('Widget', `/FT/Tx/T(a)/V(value)/AP<</N ${N + 1} 0 R>>`, `/AcroForm<</Fields[${N} 0 R]>>`),
  annotated(
    'Widget',
    `/FT/Tx/T(a)/V(value)/AP<</N ${N + 1} 0 R>>`,
    `/AcroForm<</Fields[${N} 0 R]/XFA[(template)5 0 R]>>`,
  ),
  annotated(
    'Widget',
    `/FT/Tx/T(a)/V(value)/DA(/Helv 10 Tf 0 g)`,
    `/AcroForm<</Fields[${N} 0 R]/NeedAppearances true/DR<</Font<</Helv 3 0 R>>>>>>`,
  ),
  annotated(
    'Widget',
    `/FT/Sig/T(s)/V<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>/AP<</N ${N + 1} 0 R>>`,
    `/AcroForm<</Fields[${N} 0 R]/SigFlags 3>>`,
  ),
  annotated('Widget', `/AP<</N ${N} 0 R>>`),
  annotated('FileAttachment', '/FS<</EF<</F 5 0 R>>/F(evil.exe)>>'),
  annotated('Stamp', `/AP<</N<</On ${N + 1} 0 R/Off null>>>>/AS/On`),
  annotated('Stamp', `/AP<</N ${N + 1} 0 R>>/Rect[300 630 100 600]`),
  {
    name: 'embedded files in a portfolio',
    bytes: simplePdf({
      catalog: `/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>]>>>>`,
    }),
  },
  {
    name: 'names in a circle',
    bytes: simplePdf({
      catalog: `/Names<</Dests ${N} 0 R>>/Dests ${N} 0 R`,
      extra: [{ number: N, body: `<</Kids[${N} 0 R ${N} 0 R]>>` }],
    }),
  },
  {
    name: 'bookmarks in a circle',
    bytes: simplePdf({
      catalog: `/Outlines ${N} 0 R`,
      extra: [
        { number: N, body: `<</First ${N + 1} 0 R/Last ${N + 1} 0 R>>` },
        { number: N + 1, body: `<</Title(a)/Next ${N + 1} 0 R/First ${N} 0 R/Dest[4 0 R/Fit]>>` },
      ],
    }),
  },
  {
    name: 'a structure tree in a circle',
    bytes: simplePdf({
      catalog: `/StructTreeRoot ${N} 0 R/MarkInfo<</Marked true>>`,
      extra: [{ number: N, body: `<</Type/StructTreeRoot/K[${N} 0 R]>>` }],
    }),
  },
  {
    name: 'scripts everywhere',
    bytes: simplePdf({
      catalog:
        '/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</WC<</S/JavaScript/JS(1)>>>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>',
    }),
  },
  {
    name: 'page labels of every kind',
    bytes: simplePdf({ catalog: '/PageLabels<</Nums[0<</S/r>>1<</S/D/St 5/P(A-)>>2<<>>]>>' }),
  },
  {
    name: 'viewer settings, languages and other things',
    bytes: simplePdf({
      catalog:
        '/Lang(zh-CN)/ViewerPreferences<</Direction/R2L>>/PageLayout/TwoColumnLeft/Version/1.7/Extensions<<>>/Legal<<>>/Requirements[]/Threads[]/URI<</Base(x)>>',
    }),
  },
]
