/** An article written for the demonstration; its figures are invented. */
import type { DemoArticle } from '../demo-article.ts'

export const DEMO_EN: DemoArticle = {
  language: 'en',
  firstFolio: 88,
  running: 'Notes on Shared Collections, vol. 6, no. 2',
  title: 'A year in the blue bag: what interlibrary loan does to a bound volume',
  author: 'The demonstration desk',
  abstract:
    'Bound volumes that travel between libraries are handled more often in one year than in the ten before. We followed 160 volumes for twelve months, weighed and measured them at every return, and compared them with 160 neighbours that stayed on the shelf. Handling marked the covers and the first and last ten pages; it did not weaken the paper. Two thirds of the visible damage came from bags that were packed too full, and disappeared when the limit of twelve kilograms was kept.',
  keywords: 'interlibrary loan; bindings; wear; transport; preservation',
  footnote: 'Written for the demonstration of software; all figures are invented. Free for any use (CC0 1.0).',
  parts: [
    { heading: 'Introduction' },
    {
      text: 'A library that lends to its neighbours makes two promises. To the reader at the other end it promises the book, and to its own later readers it promises the same book again. The first promise is counted every month. The second is hardly ever looked at, because wear comes slowly and has no date.',
    },
    {
      text: 'Those who are against lending old volumes speak of broken spines; those who are for it say that a book wears out by being read and not by being driven. Neither side has had much to show. What is known comes from circulating collections, where reading and carrying cannot be told apart, and from archives, where neither happens. A courier network with a fixed route and a record of each hand-over allows the two to be separated for the first time: we know when a volume was in a bag, how many others lay upon it, and for how long it was open on a desk.',
    },
    {
      text: 'This note reports on the first year. It is written for those who pack the bags, and its conclusions are meant to be carried out with a kitchen scale.',
    },
    { heading: 'Material and method' },
    {
      text: 'Five libraries took part. Each chose 32 volumes that had been asked for at least twice in the year before, and for each of them the volume that stood next to it on the shelf and had not been asked for at all. All were bound in cloth or half cloth between 1955 and 1995, with sewn sections, and weighed between 0.6 and 2.9 kg. Volumes with loose plates were left out.',
    },
    { figure: 'route', caption: 'The route and its five desks.' },
    {
      text: 'At each return four things were recorded: the weight; the gap between the boards at the fore edge when the volume was lying flat; the angle to which the front board fell open by itself; and the number of leaves that no longer lay within two millimetres of the text block. Two people measured without seeing the earlier figures. A sensor of the size of a coin travelled in every tenth bag and wrote down shocks above 5 g, temperature and humidity.',
    },
    {
      text: 'Paper was tested only once, at the end, with a bending strip cut from the rear endpaper. Endpapers are not text paper, but they are what a binder would replace first, and nobody reads them.',
    },
    { table: 'wear', caption: 'Volumes after twelve months.' },
    { heading: 'Results' },
    {
      text: 'The travelling volumes made 611 journeys, or 3.8 each. Their boards stood 1.4 mm further apart at the end than at the beginning; those of their neighbours had not moved. The gap grew mostly with the first journey and then hardly at all, which suggests that a binding settles once and then keeps its new shape.',
    },
    { figure: 'gap', caption: 'Gap at the fore edge by number of journeys.' },
    {
      text: 'Loose leaves were found in eleven travelling volumes and in one neighbour. In nine of the eleven they belonged to the first or the last section. In all nine the volume had lain at the bottom of a bag of more than twelve kilograms at least once. Among the volumes that had never been in a bag above that limit, two had loose leaves, which does not differ from chance.',
    },
    {
      text: 'Shocks above 5 g were rarer than expected: 2.3 for each journey, nine tenths of them within a minute of a hand-over, which is to say at the door and not on the road. The van is innocent. The step up to the loading platform of the second library accounted for a third of them all and has since been given a ramp.',
    },
    { figure: 'bags', caption: 'Blue bags in the hand-over room (simulated).' },
    {
      text: 'Temperature in the bags stayed between 9 and 31 degrees. Humidity followed that of the rooms with a delay of about five hours, so that a bag which is closed in a dry room and opened the same day in a damp one brings its own weather with it. No condensation was recorded. The bending test found no difference between the two groups.',
    },
    { heading: 'Discussion' },
    {
      text: 'What wears a volume is weight. A bag of twelve kilograms presses upon its lowest volume about as hard as a reader who leans on it with one hand; a bag of twenty presses as hard as a reader who stands on it. The limit was known before, was printed on each bag and was kept in 58 % of the journeys. When the desks were given a scale in the seventh month it was kept in 97 %, and no further volume lost a leaf.',
    },
    {
      text: 'Copies instead of loans would have spared the volumes the journey, but not the opening. A volume that is copied on a flat glass is opened to 180 degrees for every pair of pages; one that is read is opened to about 120. In our figures a volume that had been copied on a flat glass four times had a gap as wide as one that had travelled four times. With a cradle the gap did not grow at all. A cradle therefore does for copying what a scale does for lending.',
    },
    {
      text: 'The study has limits. One year is short, cloth is kinder than paper boards, and libraries that agree to be watched are probably more careful than others. The neighbours on the shelf were chosen by place and not by drawing lots, and may have been asked for less often because they were worse to begin with. We do not think that these limits touch the main result, since the difference between full and overfull bags was found within the travelling volumes themselves.',
    },
    { heading: 'Recommendations' },
    {
      text: 'Weigh each bag, and close it at twelve kilograms. Put the heaviest volume at the bottom and spines to the side. Use a cradle for whatever is thicker than four centimetres. Look at the first and the last section at each return, for that is where trouble begins. And write down the weight along with the signature: it takes four seconds, and it is the only figure in this note that can be changed by those who measure it.',
    },
  ],
}
