// How CATAPULT's suite opens its browser: without a window, and also where only the administrator runs it.
module.exports = {
  launch: {
    headless: true,
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
    args: ['--no-sandbox', '--disable-gpu'],
  },
}
