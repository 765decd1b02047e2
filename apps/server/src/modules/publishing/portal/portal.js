// A plain script for every engine that reads the portal, WeChat's among them. Pages work without it.

const root = document.documentElement

function keep(value) {
  try {
    localStorage.setItem('portal.type', value)
  } catch (_refused) {
    // Where nothing may be kept, the choice holds for this page.
  }
}
function kept() {
  try {
    return localStorage.getItem('portal.type')
  } catch (_refused) {
    return null
  }
}
function all(selector, work) {
  Array.prototype.forEach.call(document.querySelectorAll(selector), (element) => {
    element.hidden = false
    work(element)
  })
}
function post(address, body, done) {
  const request = new XMLHttpRequest()
  request.open('POST', address)
  request.setRequestHeader('content-type', 'application/json')
  request.onloadend = () => done(request.status === 200)
  request.send(JSON.stringify(body))
}
function copy(text) {
  const field = document.createElement('textarea')
  field.value = text
  document.body.appendChild(field)
  field.select()
  document.execCommand('copy')
  document.body.removeChild(field)
}

if (kept() === 'big') root.className = 'big'
all('[data-type]', (button) => {
  const show = () => {
    button.textContent = button.getAttribute(root.className === 'big' ? 'data-smaller' : 'data-larger')
  }
  button.onclick = () => {
    root.className = root.className === 'big' ? '' : 'big'
    keep(root.className)
    show()
  }
  show()
})
all('[data-print]', (button) => {
  button.onclick = () => print()
})
all('[data-share]', (button) => {
  button.onclick = () => {
    copy(`${location.origin}${location.pathname}?from=share`)
    button.textContent = button.getAttribute('data-shared')
    post(button.getAttribute('data-share'), {}, () => {})
  }
})
all('form[data-feedback]', (form) => {
  form.onsubmit = () => {
    const field = form.querySelector('textarea')
    if (field.value.trim().length < 2) return false
    post(form.getAttribute('data-feedback'), { words: field.value }, (isDone) => {
      form.querySelector('[role=status]').textContent = form.getAttribute(isDone ? 'data-sent' : 'data-failed')
      if (isDone) field.value = ''
    })
    return false
  }
})
