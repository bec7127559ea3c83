/** mocha lets a stray rejection pass; here it fails the test, or the process after the last one. */
process.on('unhandledRejection', (reason) => {
  throw reason;
});
