/** Pages written for these tests, as capture would give them. */
export const samples = {
  news: {
    title: 'Old lighthouse to become a weather station',
    lang: 'en',
    text: `# Old lighthouse to become a weather station

By our correspondent

Share this article

The disused lighthouse on Marrow Point will become a weather station next spring, the harbour board said on Tuesday. The tower has stood empty since 2009, when the last keeper retired and the lamp was switched off.

The board voted seven to two for the plan, which will cost 1.4 million pounds. Most of the money comes from a national fund for coastal monitoring, and the rest from the sale of the keeper’s cottage.

“We looked at hotels, at flats, at a museum,” said Ines Carrow, who chairs the board. “None of them would have kept the tower open to everyone.”

Instruments on the gallery will measure wind, waves and visibility every minute. The readings will be published free of charge, so that fishing crews can check conditions before they leave the harbour. The harbour board said on Tuesday that the disused lighthouse on Marrow Point will become a weather station next spring.

Not everybody is pleased. Two members of the board argued that repairs to the tower’s iron stairs alone could use up the budget, and asked for a second survey.

Work begins in January. Visitors will be able to climb the tower on Saturdays once the stairs have been replaced.

## Read more

- Ferry timetable changes
- Letters to the editor
- Crossword`,
  },
  documentation: {
    title: 'Retries',
    lang: 'en',
    text: `# Retries

The client retries a request that failed for a reason that may pass, such as a timeout or a 503 response. It never retries a request that the server has refused.

## Configuration

\`\`\`js
const client = createClient({ retries: 3, backoff: 'exponential' })
\`\`\`

| option | default | meaning |
| --- | --- | --- |
| retries | 2 | how often to try again |
| backoff | exponential | how the wait grows |

Set \`retries\` to zero to switch retries off. The default is two retries, with a wait that doubles each time, starting at 200 milliseconds.

## Idempotency

A request that changes something is retried only when it carries an idempotency key. The server keeps each key for 24 hours and answers a repeated request with the first response. Without a key the client reports the failure and leaves the decision to you.

> Note: keys longer than 64 characters are refused.

## Limits

Retries stop after 30 seconds in total, whatever the configuration says. A \`Retry-After\` header from the server replaces the client’s own wait, up to 20 seconds.`,
  },
  list: {
    title: 'Packing for a week in the hills',
    lang: 'en',
    text: `# Packing for a week in the hills

- Bring two pairs of wool socks, because wet cotton causes blisters.
- Carry at least two litres of water; the springs run dry in August.
- A paper map works when the battery of the phone does not.
- Maps
- Pack a light rain jacket even if the forecast is dry.
- Take at least two litres of water with you, since the springs run dry in August.
- Leave the heavy tent at home: the huts on the ridge have beds.
- Book the huts early, as there are only twelve beds in each.`,
  },
  chinese: {
    title: '城市屋顶农场',
    lang: 'zh',
    text: `# 城市屋顶农场

越来越多的城市把闲置的屋顶改造成农场，为居民提供新鲜蔬菜。去年，全市新增了四十二个屋顶农场，总面积超过三万平方米。

屋顶农场不仅能生产食物，还能降低建筑物的温度。研究人员发现，夏季屋顶农场下方的房间平均比普通房间低三度。

然而，屋顶的承重能力是一个难题。每个项目开工之前，工程师都必须检查楼板，并计算土壤吸水以后的重量。

社区居民可以免费领取一块菜地。管理员每个星期六教大家如何播种和施肥。`,
  },
  german: {
    title: 'Nachtzüge kehren zurück',
    lang: 'de',
    text: `# Nachtzüge kehren zurück

Nach zehn Jahren Pause fährt ab Dezember wieder ein Nachtzug zwischen Hamburg und Triest. Die Bahn will damit Reisende gewinnen, die bisher fliegen, z. B. auf Geschäftsreisen.

Der Zug verlässt Hamburg um 20.14 Uhr und erreicht Triest am nächsten Vormittag. Eine Fahrkarte im Schlafwagen kostet ab 89 Euro, ein Sitzplatz ab 39 Euro.

Umweltverbände begrüßen das Angebot. Sie rechnen vor, dass eine Fahrt mit dem Nachtzug nur ein Zehntel der Emissionen eines Fluges verursacht.

Kritik kommt von Anwohnern der Strecke, die mehr Lärm in der Nacht befürchten. Die Bahn verspricht leisere Wagen und neue Schallschutzwände bis zum Sommer.`,
  },
  arabic: {
    title: 'مكتبة متنقلة تصل إلى القرى',
    lang: 'ar',
    text: `# مكتبة متنقلة تصل إلى القرى

بدأت مكتبة متنقلة هذا الأسبوع زيارة القرى الجبلية التي لا توجد فيها مكتبات عامة. تحمل الحافلة أكثر من ثلاثة آلاف كتاب، نصفها تقريبا للأطفال.

تتوقف الحافلة في كل قرية مرة كل أسبوعين، ويستطيع السكان استعارة الكتب مجانا. قالت أمينة المكتبة إن الإقبال فاق التوقعات منذ اليوم الأول.

يمول المشروع متبرعون محليون، لكن تكلفة الوقود ما زالت مشكلة كبيرة. وتبحث الإدارة عن شريك يتحمل نفقات الصيانة في فصل الشتاء.`,
  },
} as const
