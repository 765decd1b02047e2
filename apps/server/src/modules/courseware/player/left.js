// Where units of cmi5 go when they are left: in a frame the page of the application closes it, a whole window goes back.
const { app, back } = document.documentElement.dataset
if (window.parent === window) window.location.replace(back)
else window.parent.postMessage({ kind: 'courseware.left' }, app)
