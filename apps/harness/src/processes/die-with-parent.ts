/**
 * Loaded before a program that the harness starts (`node --require`): the program ends when the channel to its parent
 * closes, so that not even a kill -9 of the harness leaves one behind. The program itself knows nothing of it.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Listening must not keep a program alive that wants to end.
process.channel?.unref();
