// Imported first by every command, so that an old Node is told so before newer syntax or APIs are met.
// Plain old JavaScript on purpose.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Demarc needs Node 20.19 or newer and found ${process.versions.node}. Install a newer Node and run this again.`,
  );
  process.exit(3);
}
