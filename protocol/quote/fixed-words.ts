/*
 * Words that no paraphrase may change, in the languages that Gloss meets most. Words that are common
 * and something else in another language ("en", "et", "to", "on") are left out: they would forbid too much.
 */

const list = (words: string): readonly string[] => words.trim().split(/\s+/)

export const negations: ReadonlySet<string> = new Set(
  list(`
    no not never none nobody nothing neither nor nowhere cannot without hardly barely scarcely except unless lack lacks
    lacked lacking fail fails failed deny denies denied refuse refuses refused refusing false untrue
    dont doesnt didnt isnt arent wasnt werent wont cant couldnt shouldnt wouldnt hasnt havent hadnt aint
    nicht nie niemals niemand nichts ohne weder kein keine keinen keinem keiner keines nirgends nirgendwo kaum
    ne pas jamais aucun aucune rien personne sans ni non nul nulle
    nunca jamás ningún ninguno ninguna nadie nada sin tampoco
    mai nessun nessuno nessuna niente nulla senza né
    não nenhum nenhuma ninguém sem nem
    niet geen nooit niemand niets zonder nergens
    inte ej icke ingen inget inga aldrig utan ikke aldri intet uden uten
    nie nigdy bez żaden żadna żadne nikt nic ani nikdy nikdo žádný žádná není
    не нет никогда без ни никто ничего нельзя немає ні ніколи ніхто нічого
    değil yok asla hiç olmadan
    ei älä ilman eivät emme ette nem nincs soha nélkül fără niciodată nimic nimeni
    δεν μη μην όχι ποτέ χωρίς κανένας τίποτα
    tidak bukan tanpa jangan belum không chưa chẳng
  `),
)

export const numberWords: ReadonlySet<string> = new Set(
  list(`
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion billions trillion trillions dozen dozens score half halves quarter quarters third thirds fourth
    fifth sixth seventh eighth ninth tenth first second last once twice thrice single double triple quadruple both pair
    null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn
    neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend halb halbe halben hälfte
    drittel viertel dutzend erste ersten erster erstes zweite zweiten dritte dritten letzte letzten doppelt doppelte
    einmal zweimal dreimal
    deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
    soixante cent cents mille demi demie moitié tiers quart douzaine premier première deuxième troisième dernier dernière
    cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta
    cincuenta sesenta setenta ochenta noventa cien ciento cientos mil millón millones mitad tercio cuarto docena primer
    primero primera segundo segunda tercer tercero último última doble
    due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta sessanta settanta
    ottanta novanta cento mila milione milioni miliardo miliardi metà terzo primo prima secondo seconda doppio
    dois duas três quatro sete oito dez onze doze vinte trinta quarenta cinquenta cem milhão milhões metade dobro
    twee drie vier vijf zes zeven negen tien elf twaalf twintig dertig veertig vijftig honderd duizend miljoen miljard
    helft derde eerste tweede laatste dubbel
    två tre fyra fem sju åtta nio tio elva tolv tjugo trettio hundra tusen miljon miljoner miljard hälften första
    andra tredje syv otte ti halv første anden
    dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc tysięcy milion milionów połowa pierwszy drugi
    ноль один одна два две три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто двести
    тысяча тысяч тысячи миллион миллиона миллионов миллиард половина треть четверть первый первая второй вторая третий
    bir iki üç dört beş altı yedi sekiz dokuz yirmi otuz kırk elli yüz milyon milyar yarım birinci ikinci
  `),
)

export const dateWords: ReadonlySet<string> = new Set(
  list(`
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays today tomorrow yesterday tonight noon midnight daily weekly fortnightly monthly quarterly yearly annually
    annual hourly nightly spring summer autumn winter decade decades century centuries
    januar februar märz mai juni juli august oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
    heute morgen gestern täglich wöchentlich monatlich jährlich
    janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi
    samedi dimanche aujourd'hui demain hier
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles
    jueves viernes sábado domingo hoy mañana ayer
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì
    sabato domenica oggi domani ieri
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro segunda-feira terça-feira quarta-feira
    quinta-feira sexta-feira hoje amanhã ontem
    januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag gisteren
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag idag igår imorgon
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среда четверг
    пятница суббота воскресенье сегодня завтра вчера
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık bugün yarın dün
  `),
)

/** Units: fixed after a number, and the long ones that stand for nothing else everywhere. */
export const unitWords: ReadonlySet<string> = new Set(
  list(`
    percent per percentage cent cents dollar dollars euro euros pound pounds pence yen yuan rupee rupees franc francs
    crown crowns peso pesos usd eur gbp
    meter meters metre metres kilometer kilometers kilometre kilometres centimeter centimeters centimetre centimetres
    millimeter millimeters millimetre millimetres mile miles yard yards foot feet inch inches acre acres hectare hectares
    gram grams kilogram kilograms kilo kilos ton tons tonne tonnes ounce ounces stone litre litres liter liters
    millilitre millilitres gallon gallons pint pints cup cups teaspoon teaspoons tablespoon tablespoons
    second seconds minute minutes hour hours day days night nights week weeks fortnight month months year years
    degree degrees celsius fahrenheit kelvin watt watts kilowatt kilowatts megawatt megawatts volt volts amp amps joule
    joules calorie calories hertz byte bytes kilobyte kilobytes megabyte megabytes gigabyte gigabytes terabyte terabytes
    bit bits pixel pixels
    prozent meter kilometer zentimeter meile meilen gramm kilogramm tonnen liter sekunde sekunden minuten stunde stunden
    tag tage tagen woche wochen monat monate monaten jahr jahre jahren grad
    pourcent mètre mètres kilomètre kilomètres gramme grammes litre litres seconde secondes heure heures jour jours
    semaine semaines mois an ans année années degrés
    metro metros kilómetro kilómetros gramo gramos litro litros segundo segundos minuto minutos hora horas día días
    semana semanas mes meses año años grados
    metri chilometri grammi litri secondi minuti ore giorni settimana settimane mesi anno anni gradi
    dias mês ano anos graus uur uren dag dagen weken maand maanden jaar jaren procent timme timmar dygn vecka veckor
    månad månader år
    метр метров километр километров грамм килограмм литр секунд минут час часов день дней неделя недель месяц месяцев
    год года лет процент процентов рублей
  `),
)

/** Short words that open sentences and name nothing. */
export const openingWords: ReadonlySet<string> = new Set(
  list(`
    the a an this that these those it its he she they we you i his her their our your my there here who what when where
    why how which in on at by for from of to with about over under into as if while after before since until although
    though because but and or so yet then thus also still just even now however moreover furthermore meanwhile instead
    therefore some many most all every each any another other such more
    der die das den dem des ein eine einen einem einer dies diese dieser dieses es er sie wir ihr man und aber oder denn
    doch auch so dann wenn als da weil obwohl während seit bis nach vor bei mit von zu im in am an auf für über unter
    le la les un une des ce cette ces il elle ils elles nous vous on et mais ou donc car si quand comme pour par dans sur
    avec en au aux du de
    el los las una unos unas este esta estos estas ese esa él ella ellos y pero o si cuando como para por en con del al
    il lo gli i uno questo questa questi e ma se quando come per con nel nella sul
  `),
)
