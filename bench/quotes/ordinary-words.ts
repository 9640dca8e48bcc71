/*
 * What the bench holds to be wording, said apart from the lists of the matcher: otherwise it would only measure that
 * the two agree.
 */

const kept = new Set(
  `not no never none nobody nothing neither nor nowhere cannot without hardly barely scarcely except unless
  zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion
  dozen half quarter third first second fourth fifth sixth seventh eighth ninth tenth last once twice double triple
  both single pair january february march april may june july august september october november december monday tuesday
  wednesday thursday friday saturday sunday today tomorrow yesterday tonight daily weekly monthly yearly annual annually
  spring summer autumn winter year years month months week weeks day days hour hours minute minutes seconds decade
  decades century centuries percent percentage dollar dollars euro euros pound pounds cent cents mile miles foot feet
  inch inches metre metres meter meters km kg lb lbs oz gram grams litre litres liter liters degree degrees am pm
  nicht kein keine keinen nie ohne ne pas jamais sans sin nunca nada non senza niet geen não sem`.split(/\s+/),
)

/** Whether a word of a sentence is wording: lower case, no number, date, unit, name or negation, none after a number. */
export function isOrdinary(word: string, before: string | undefined): boolean {
  if (!/^\p{Ll}+$/u.test(word) || word.length < 2) return false
  if (kept.has(word) || /n['’]t$/.test(word)) return false
  return before === undefined || (!/\p{N}/u.test(before) && !kept.has(before.toLowerCase()))
}

/** Other words for words, in both directions. */
const pairs = `big large, small little, fast quick, begin start, buy purchase, help assist, show display, use employ,
  make create, get obtain, need require, want wish, keep retain, give provide, find discover, choose select, many
  numerous, important essential, often frequently, also additionally, but yet, because since, however still, about
  regarding, around near, under beneath, over above, main chief, good fine, great excellent, new recent, old former, hard
  difficult, easy simple, people persons, place location, way manner, thing item, job task, work labour, home house,
  child kid, children kids, money cash, cost price, company firm, idea notion, problem issue, answer reply, ask
  inquire, say state, says states, said stated, look appear, looks appears, seem appear, think believe, know understand,
  build construct, built constructed, end finish, let allow, lets allows, change alter, improve enhance, reduce lower,
  increase raise, ensure guarantee, offer present, offers presents, include contain, includes contains, including
  containing, allow permit, allows permits, required needed, quickly rapidly, usually normally, maybe perhaps, almost
  nearly, very highly, really truly, whole entire, right correct, wrong incorrect, rich wealthy, smart clever, happy glad,
  sad unhappy, begin commence, while whereas, such similar, different distinct, various several, each every, area region,
  picture image, road street, car vehicle, doctor physician, customer client, customers clients, user member, users
  members, team group, website site, page sheet, tool instrument, tools instruments, method approach, methods approaches,
  result outcome, results outcomes, plan scheme, goal aim, step stage, steps stages, part portion, parts portions, kind
  sort, kinds sorts, type category, types categories`
const others = new Map<string, string>()
for (const pair of pairs.split(',')) {
  const [a = '', b = ''] = pair.trim().split(/\s+/)
  if (!others.has(a)) others.set(a, b)
  if (!others.has(b)) others.set(b, a)
}

export function synonymOf(word: string): string | undefined {
  return others.get(word)
}

/** Words that a retelling slips in. */
export const fillers = [
  'also',
  'really',
  'quite',
  'simply',
  'then',
  'often',
  'clearly',
  'rather',
  'indeed',
  'generally',
]
