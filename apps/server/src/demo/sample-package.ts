import { strToU8, zipSync } from 'fflate'

const QUESTIONS: readonly (readonly [string, string, string])[] = [
  ['支部党员大会一般多久召开一次？', '每季度', '每年'],
  ['预备党员的预备期是多久？', '一年', '半年'],
  ['正式党员七人以上的支部，应当设立什么？', '支部委员会', '党小组'],
]

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="tongxin-sample" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>支部工作自测</title>
<item identifier="test" identifierref="page"><title>支部工作自测</title><adlcp:masteryscore>60</adlcp:masteryscore></item>
</organization></organizations>
<resources><resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>`

const fieldset = ([question, right, wrong]: readonly [string, string, string], at: number): string => {
  const options = at % 2 === 0 ? [right, wrong] : [wrong, right]
  const radios = options.map(
    (text) =>
      `<label><input type="radio" name="q${at}" value="${text === right ? 1 : 0}" data-q="${at}"> ${text}</label><br>`,
  )
  return `<fieldset><legend>${at + 1}. ${question}</legend>${radios.join('')}</fieldset>`
}

// What an authoring tool would have written: one page that finds its API, keeps answers as suspend data and a score.
const PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>支部工作自测</title>
<style>body{font:18px/1.7 sans-serif;margin:1rem}fieldset{margin-bottom:1rem}button{font:inherit;padding:.4rem 1.2rem}</style></head><body>
<h1>支部工作自测</h1><form>${QUESTIONS.map(fieldset).join('')}<button type="button" id="end">提交</button></form><p id="told" role="status"></p>
<script>
let at = window
while (!at.API && at.parent !== at) at = at.parent
const api = at.API
api.LMSInitialize('')
const fields = [...document.querySelectorAll('input')]
const kept = JSON.parse(api.LMSGetValue('cmi.suspend_data') || '{}')
for (const one of fields) one.checked = kept[one.dataset.q] === one.value
const keep = () => {
  const given = Object.fromEntries(fields.filter((one) => one.checked).map((one) => [one.dataset.q, one.value]))
  api.LMSSetValue('cmi.suspend_data', JSON.stringify(given))
  api.LMSSetValue('cmi.core.lesson_status', 'incomplete')
  api.LMSSetValue('cmi.core.exit', 'suspend')
  api.LMSCommit('')
  return given
}
document.querySelector('form').onchange = keep
document.querySelector('#end').onclick = () => {
  const right = Object.values(keep()).filter((value) => value === '1').length
  const score = Math.round((right / ${QUESTIONS.length}) * 100)
  api.LMSSetValue('cmi.core.score.min', '0')
  api.LMSSetValue('cmi.core.score.max', '100')
  api.LMSSetValue('cmi.core.score.raw', String(score))
  api.LMSSetValue('cmi.core.lesson_status', score >= 60 ? 'passed' : 'failed')
  api.LMSSetValue('cmi.core.exit', '')
  api.LMSCommit('')
  document.querySelector('#told').textContent = '得分 ' + score
}
window.onpagehide = () => api.LMSFinish('')
</script></body></html>`

/** A small SCORM 1.2 package: one page with three questions, which goes on where it was left and reports its score. */
export const samplePackage = (): Uint8Array =>
  zipSync({ 'imsmanifest.xml': strToU8(MANIFEST), 'index.html': strToU8(PAGE) })
