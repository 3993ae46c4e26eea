/** What pages draw. */
import { deflateSync } from 'node:zlib'
import { flate, rawPdf, simpleObjects, stream } from '../raw-pdf.ts'
import { content, exchanged, form, IMAGE, image, latin1, N, page, pixels, say, type CraftedFile } from './parts.ts'

export const CONTENTS: readonly CraftedFile[] = [
  {
    name: 'tokens divided between streams',
    bytes: exchanged({ 4: page(`/Contents[${N} 0 R ${N + 1} 0 R ${N + 2} 0 R]`).replace('/Contents 5 0 R', '') }, [
      { number: N, body: stream('', 'BT /F1 12 Tf 72 400') },
      { number: N + 1, body: stream('', 'Td (in several') },
      { number: N + 2, body: stream('', 'streams) Tj ET') },
    ]),
  },
  {
    name: 'a hundred streams on a page',
    bytes: exchanged(
      {
        4: page(`/Contents[${Array.from({ length: 100 }, (_, i) => `${N + i} 0 R`).join(' ')}]`).replace(
          '/Contents 5 0 R',
          '',
        ),
      },
      Array.from({ length: 100 }, (_, i) => ({
        number: N + i,
        body: flate('', `BT /F1 6 Tf 72 ${800 - i * 7} Td (line ${i}) Tj ET`),
      })),
    ),
  },
  {
    name: 'a form that says what the page says',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(say('inside'), '/Resources<</Font<</F1 3 0 R>>>>') },
    ]),
  },
  {
    name: 'a form without resources',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(say('takes its font from the page')) },
    ]),
  },
  {
    name: 'a form that draws itself',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(`/Fm Do ${say('inside')}`, `/Resources<</Font<</F1 3 0 R>>/XObject<</Fm ${N} 0 R>>>>`) },
    ]),
  },
  {
    name: 'forms thirty deep',
    bytes: content(
      '/Fm Do',
      `/XObject<</Fm ${N} 0 R>>`,
      Array.from({ length: 30 }, (_, i) => ({
        number: N + i,
        body: form(
          i < 29 ? '/Fm Do' : say('at the bottom'),
          `/Resources<</Font<</F1 3 0 R>>/XObject<</Fm ${N + Math.min(29, i + 1)} 0 R>>>>`,
        ),
      })),
    ),
  },
  {
    name: 'a form turned and cut',
    bytes: content('q 0.5 0 0 0.5 50 50 cm /Fm Do Q', `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(say('turned'), '/Matrix[0 1 -1 0 500 0]/Resources<</Font<</F1 3 0 R>>>>') },
    ]),
  },
  {
    name: 'a form without a box',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: stream('/Type/XObject/Subtype/Form/Resources<</Font<</F1 3 0 R>>>>', say('no box')) },
    ]),
  },
  { name: 'drawing that names nothing there', bytes: content(`/No Do /None gs /Nil sh /Cs cs ${say('still there')}`) },
  {
    name: 'marked content with and without properties',
    bytes: content(
      `/P<</MCID 0>>BDC ${say('marked')} EMC /Span/Pr BDC ${say('again')}EMC /X BMC /Y MP EMC EMC`,
      `/Properties<</Pr<</MCID 1>>>>`,
    ),
  },
  { name: 'marked content that never ends', bytes: content(`/Span<</ActualText(instead)>>BDC ${say('drawn')}`) },
  {
    name: 'text with another text in its place',
    bytes: content(`/Span<</ActualText(instead)>>BDC ${say('drawn')}EMC`),
  },
  { name: 'operators nobody knows', bytes: content(`BX 1 2 frob EX ${say('after it')} 5 unknown`) },
  { name: 'too few operands', bytes: content(`Td Tj cm 1 0 cm re ${say('after them')}`) },
  {
    name: 'an inline image with EI in its data',
    bytes: content(`q 50 0 0 50 72 600 cm BI /W 4 /H 4 /BPC 8 /CS /G ID abEI cdEI ef g EI Q ${say('after the image')}`),
  },
  {
    name: 'an inline image with filters',
    bytes: content(
      `q 50 0 0 50 72 600 cm BI /W 4 /H 4 /BPC 8 /CS /G /F [/AHx] ID 00112233445566778899aabbccddeeff> EI Q ${say('after the image')}`,
    ),
  },
  { name: 'text that nobody sees', bytes: content(`BT /F1 12 Tf 3 Tr 72 400 Td (unseen words) Tj ET`) },
  {
    name: 'text that cuts',
    bytes: content(`q BT /F1 40 Tf 7 Tr 72 400 Td (cutting) Tj ET 0 0 600 800 re f Q ${say('after')}`),
  },
  {
    name: 'text of every operator',
    bytes: content(
      `BT /F1 12 Tf 14 TL 72 400 Td (one) Tj T* (two) ' 1 2 (three) " [(fo) -20 (ur) 500 (five)] TJ 1 0 .2 1 72 300 Tm <736978> Tj ET`,
    ),
  },
  {
    name: 'a font of drawings',
    bytes: content(
      'BT /T3 20 Tf 72 300 Td (ab) Tj ET ' + say('beside it'),
      `/Font<</F1 3 0 R/T3 ${N} 0 R>>`.slice(0, 0),
      [
        {
          number: N,
          body: '<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a 5 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]>>',
        },
      ],
    ),
  },
  {
    name: 'a font of drawings in use',
    bytes: rawPdf([
      ...simpleObjects().map((object) =>
        object.number === 4
          ? { number: 4, body: page(`/Resources<</Font<</F1 3 0 R/T3 ${N} 0 R>>>>`) }
          : object.number === 5
            ? { number: 5, body: stream('', `BT /T3 20 Tf 72 300 Td (aba) Tj ET ${say('beside it')}`) }
            : object,
      ),
      {
        number: N,
        body: `<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a ${N + 1} 0 R/b ${N + 2} 0 R>>/Encoding<</Differences[97/a/b]>>/FirstChar 97/LastChar 98/Widths[1000 1000]/Resources<<>>>>`,
      },
      { number: N + 1, body: stream('', '1000 0 0 0 750 750 d1 0 0 750 750 re f') },
      { number: N + 2, body: stream('', '1000 0 d0 BI /W 1 /H 1 /IM true ID \x80 EI') },
    ]),
  },
  {
    name: 'patterns, shadings and states',
    bytes: content(
      `/Pattern cs /P1 scn 0 0 100 100 re f /G1 gs /Sh1 sh ${say('over patterns')}`,
      `/Pattern<</P1 ${N} 0 R>>/Shading<</Sh1<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 1 1]/N 1>>>>>>/ExtGState<</G1<</ca .5/SMask<</S/Luminosity/G ${N + 1} 0 R>>>>>>`,
      [
        {
          number: N,
          body: stream(
            '/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep 10/YStep 10/Resources<<>>',
            '1 0 0 rg 0 0 5 5 re f',
          ),
        },
        { number: N + 1, body: form('0 0 595 842 re f', '/Group<</S/Transparency/CS/DeviceGray>>/Resources<<>>') },
      ],
    ),
  },
  {
    name: 'content of a hundred thousand states',
    bytes: exchanged({ 5: flate('', `${'q '.repeat(100_000)}${say('deep')}`) }),
  },
  {
    name: 'content of old filters',
    bytes: exchanged({
      5: stream('/Filter[/ASCIIHexDecode/FlateDecode]', `${deflateSync(say('hex and flate')).toString('hex')}>`),
    }),
  },
  {
    name: 'content of run lengths',
    bytes: exchanged({
      5: stream(
        '/Filter/RunLengthDecode',
        Buffer.concat([Buffer.from([say('run lengths').length - 1]), latin1(say('run lengths')), Buffer.from([128])]),
      ),
    }),
  },
  {
    name: 'content packed twice',
    bytes: exchanged({ 5: stream('/Filter[/FlateDecode/FlateDecode]', deflateSync(deflateSync(say('packed twice')))) }),
  },
  { name: 'content of short filter names', bytes: exchanged({ 5: stream('/Filter/Fl', deflateSync(say('short'))) }) },
  {
    name: 'content with null parameters',
    bytes: exchanged({ 5: stream('/Filter[/FlateDecode]/DecodeParms[null]', deflateSync(say('null'))) }),
  },
  { name: 'content with empty filters', bytes: exchanged({ 5: stream('/Filter[]/DecodeParms[]', say('no filter')) }) },
  { name: 'content of an unknown filter', bytes: exchanged({ 5: stream('/Filter/BestDecode', say('unknown')) }) },
  {
    name: 'content with its filter in an object',
    bytes: exchanged({ 5: stream(`/Filter ${N} 0 R`, deflateSync(say('indirect filter'))) }, [
      { number: N, body: '[/FlateDecode]' },
    ]),
  },
  {
    name: 'content behind a crypt filter',
    bytes: exchanged({
      5: stream('/Filter[/Crypt/FlateDecode]/DecodeParms[<</Name/Identity>> null]', deflateSync(say('identity'))),
    }),
  },
  { name: 'content in another file', bytes: exchanged({ 5: stream('/F(other.txt)', say('outside')) }) },
  { name: 'an image', bytes: image(stream(`${IMAGE}/ColorSpace/DeviceGray`, pixels)) },
  { name: 'an image with too little data', bytes: image(stream(`${IMAGE}/ColorSpace/DeviceRGB`, pixels)) },
  {
    name: 'an image without a size',
    bytes: image(stream('/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8', pixels)),
  },
  {
    name: 'an image of a negative size',
    bytes: image(
      stream('/Type/XObject/Subtype/Image/Width -4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8', pixels),
    ),
  },
  {
    name: 'an image of an enormous size',
    bytes: image(
      stream('/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent 8', pixels),
    ),
  },
  { name: 'an image that masks itself', bytes: image(stream(`${IMAGE}/ColorSpace/DeviceGray/SMask ${N} 0 R`, pixels)) },
  {
    name: 'an image of an index',
    bytes: image(stream(`${IMAGE}/ColorSpace[/Indexed/DeviceRGB 1<000000ffffff>]`, pixels)),
  },
  {
    name: 'an image with a profile that is none',
    bytes: image(stream(`${IMAGE}/ColorSpace[/ICCBased 5 0 R]`, pixels)),
  },
  {
    name: 'an image of JPEG 2000 that is none',
    bytes: image(stream('/Type/XObject/Subtype/Image/Width 4/Height 4/Filter/JPXDecode', pixels)),
  },
  {
    name: 'an image of JBIG2 that is none',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 99 0 R>>',
        pixels,
      ),
    ),
  },
  {
    name: 'an image of fax that is none',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 4>>',
        pixels,
      ),
    ),
  },
  {
    name: 'an image of JPEG that is none',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode',
        pixels,
      ),
    ),
  },
  {
    name: 'an image in another file',
    bytes: image(stream(`${IMAGE}/ColorSpace/DeviceGray/F(picture.raw)/FFilter/FlateDecode`, pixels)),
  },
  {
    name: 'text in layers, one hidden',
    bytes: rawPdf([
      ...simpleObjects({ catalog: `/OCProperties<</OCGs[${N} 0 R ${N + 1} 0 R]/D<</OFF[${N + 1} 0 R]>>>>` }).map(
        (object) =>
          object.number === 4
            ? { number: 4, body: page(`/Resources<</Font<</F1 3 0 R>>/Properties<</A ${N} 0 R/B ${N + 1} 0 R>>>>`) }
            : object.number === 5
              ? {
                  number: 5,
                  body: stream('', `/OC/A BDC ${say('shown layer')}EMC /OC/B BDC ${say('hidden layer')}EMC`),
                }
              : object,
      ),
      { number: N, body: '<</Type/OCG/Name(A)>>' },
      { number: N + 1, body: '<</Type/OCG/Name(B)>>' },
    ]),
  },
]
