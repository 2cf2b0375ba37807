export const id = 836;
export const ids = [836];
export const modules = {

/***/ 89509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ parseNumber),
/* harmony export */   H: () => (/* binding */ isMissingMarker)
/* harmony export */ });
/** How tools write "no value" in a column of numbers; compared in lower case. */
const missingMarkers = new Set(["na", "n/a", "null", "none", "nan", "-nan", "+nan"]);
const infinities = new Map([
    ["inf", Infinity],
    ["+inf", Infinity],
    ["-inf", -Infinity],
    ["infinity", Infinity],
    ["+infinity", Infinity],
    ["-infinity", -Infinity],
]);
/**
 * The number that a text spells: decimal with an optional exponent, or `inf` in any case, blanks around it allowed.
 * NaN for `nan`; undefined for anything else, among it `0x1F`, `1_000`, `1,5` and the empty text.
 */
function parseNumber(text) {
    const value = Number(text);
    if (!Number.isNaN(value))
        return notDecimal.test(text) ? undefined : value;
    const word = text.trim().toLowerCase();
    return infinities.get(word) ?? (word.endsWith("nan") && missingMarkers.has(word) ? Number.NaN : undefined);
}
/** `Number` also reads blanks as 0, and hexadecimal, octal and binary. */
const notDecimal = /^\s*$|^\s*0[xob]/i;
/** True for `NA`, `N/A`, `null`, `None` and `nan`: a missing value, if the rest of the column is numbers. */
function isMissingMarker(text) {
    return text.length <= 8 && missingMarkers.has(text.trim().toLowerCase());
}


/***/ }),

/***/ 67836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ readTable)
});

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/files/node-files.js
var node_files = __webpack_require__(34183);
// EXTERNAL MODULE: ./build/src/data/number-text.js
var number_text = __webpack_require__(89509);
;// CONCATENATED MODULE: ./build/src/data/column-builder.js

const firstCapacity = 1_024;
function createColumnBuilder(name, asText) {
    let numbers = asText ? undefined : new Float64Array(firstCapacity);
    let texts = asText ? [] : undefined;
    let rows = 0;
    let spelledNumbers = 0;
    let markers = 0;
    function numberOf(value) {
        if (value === "")
            return Number.NaN;
        const number = (0,number_text/* parseNumber */.$)(value);
        if (number !== undefined)
            spelledNumbers++;
        else if ((0,number_text/* isMissingMarker */.H)(value))
            markers++;
        else
            return undefined;
        return number ?? Number.NaN;
    }
    return {
        name,
        isNumeric: () => numbers !== undefined,
        add(value) {
            if (texts) {
                texts.push(value === "" ? null : value);
                return true;
            }
            if (!numbers)
                return false;
            const number = numberOf(value);
            if (number === undefined) {
                numbers = undefined;
                // Nothing was lost when this is the first value.
                texts = rows === 0 ? [value] : undefined;
                return texts !== undefined;
            }
            if (rows === numbers.length)
                numbers = grow(numbers);
            numbers[rows++] = number;
            return true;
        },
        build() {
            if (texts)
                return { kind: "text", name, values: texts };
            if (!numbers || (markers > 0 && spelledNumbers === 0))
                return "read again as text";
            return { kind: "number", name, values: numbers.slice(0, rows) };
        },
    };
}
function grow(values) {
    const larger = new Float64Array(values.length * 2);
    larger.set(values);
    return larger;
}
/** The column of texts that are all in memory; null and the empty text are missing. */
function columnOf(name, values, asText) {
    const builder = createColumnBuilder(name, asText);
    const fits = values.every((value) => builder.add(value ?? ""));
    const column = fits ? builder.build() : "read again as text";
    return column === "read again as text" ? columnOf(name, values, true) : column;
}

;// CONCATENATED MODULE: ./build/src/data/csv-records.js

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
/**
 * Reads the records of a CSV text by RFC 4180. Beyond the RFC: line ends may be LF, CRLF or CR, also mixed; blank lines are
 * no records; a quote inside an unquoted field stands for itself.
 * @returns where reading stopped
 */
function scanRecords(text, start, delimiter, file, visitor) {
    const separator = delimiter.charCodeAt(0);
    let { at, line } = start;
    let begin = 0;
    let end = 0;
    let hasEscapes = false;
    const value = () => (hasEscapes ? text.slice(begin, end).replaceAll('""', '"') : text.slice(begin, end));
    while (at < text.length) {
        const afterBlank = skipLineEnd(text, at);
        if (afterBlank !== at) {
            at = afterBlank;
            line++;
            continue;
        }
        const recordLine = line;
        let fields = 0;
        for (;;) {
            const fieldLine = line;
            if (text.charCodeAt(at) === quote) {
                begin = at + 1;
                end = text.indexOf('"', begin);
                hasEscapes = false;
                while (end !== -1 && text.charCodeAt(end + 1) === quote) {
                    hasEscapes = true;
                    end = text.indexOf('"', end + 2);
                }
                if (end === -1)
                    throw new errors/* UsageError */.eb(`${file}:${line}: a quoted value is never closed. Close it with ", or write a quote inside as "".`);
                line += countLineEnds(text, begin, end);
                at = end + 1;
            }
            else {
                begin = at;
                while (at < text.length && !endsField(text.charCodeAt(at), separator))
                    at++;
                end = at;
                hasEscapes = false;
            }
            visitor.field(fields++, value);
            if (at < text.length && text.charCodeAt(at) === separator) {
                at++;
                continue;
            }
            const next = skipLineEnd(text, at);
            if (next === at && at < text.length)
                throw new errors/* UsageError */.eb(`${file}:${fieldLine}: text follows a closing quote. Write a quote inside a quoted value as "".`);
            if (next !== at)
                line++;
            at = next;
            break;
        }
        if (visitor.record(fields, recordLine) === "stop")
            break;
    }
    return { at, line };
}
function endsField(code, separator) {
    return code === separator || code === lineFeed || code === carriageReturn;
}
function skipLineEnd(text, at) {
    const code = text.charCodeAt(at);
    if (code === lineFeed)
        return at + 1;
    if (code !== carriageReturn)
        return at;
    return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
}
function countLineEnds(text, begin, end) {
    let count = 0;
    for (let at = begin; at < end; at++) {
        const after = skipLineEnd(text, at);
        if (after === at)
            continue;
        count++;
        at = after - 1;
    }
    return count;
}

// EXTERNAL MODULE: ./build/src/data/table-request.js
var table_request = __webpack_require__(10934);
;// CONCATENATED MODULE: ./build/src/data/csv.js




/**
 * Reads a CSV text strictly, since a row that is lost or shifted without a word would change a verdict: every row has the
 * header's number of fields and every quote is closed. Blank lines are skipped.
 * @param delimiter undefined: whichever of `,` `;` tab `|` is most frequent in the header, outside quotes
 */
function readCsv(text, delimiter, request) {
    const start = { at: text.startsWith("\uFEFF") ? 1 : 0, line: 1 };
    const separator = delimiter ?? guessDelimiter(text.slice(start.at));
    const header = readHeader(text, start, separator, request);
    const wanted = (0,table_request/* selectColumns */.Gs)(header.names, request);
    const first = readColumns(wanted, (name) => request.text.has(name));
    const unread = wanted.filter((_, index) => first.columns[index] === "read again as text");
    if (unread.length === 0)
        return tableOf(first.rows, first.columns);
    // Columns that begin like numbers and then turn out to be text.
    const texts = readColumns(unread, () => true).columns;
    const columns = first.columns.map((column, index) => column === "read again as text" ? texts[unread.indexOf(wanted[index] ?? -1)] : column);
    return tableOf(first.rows, columns);
    function readColumns(indexes, asText) {
        const builders = header.names.map((name, index) => indexes.includes(index) ? createColumnBuilder(name, asText(name)) : undefined);
        const ragged = { count: 0, shown: [] };
        let rows = 0;
        scanRecords(text, header.end, separator, request.file, {
            field: (column, value) => builders[column]?.add(value()),
            record(fields, line) {
                if (fields !== builders.length) {
                    if (ragged.count++ < table_request/* tableLimits */.N$.shownProblems)
                        ragged.shown.push(`line ${line} has ${fields}`);
                }
                else if (++rows > request.maxRows)
                    throw (0,table_request/* tooManyRows */.Zz)(request);
                return "continue";
            },
        });
        if (ragged.count > 0)
            throw raggedRows(request.file, builders.length, ragged);
        return { rows, columns: indexes.map((index) => builders[index]?.build()) };
    }
}
function readHeader(text, start, delimiter, { file }) {
    const names = [];
    const end = scanRecords(text, start, delimiter, file, {
        field: (_, value) => names.push(value()),
        record: () => "stop",
    });
    if (names.length === 0)
        throw new errors/* UsageError */.eb(`${file} holds nothing but blank lines; a line of column names was expected.`);
    return { names, end };
}
function guessDelimiter(text) {
    const header = text.slice(0, text.search(/[\r\n]/) + 1 || undefined).replaceAll(/"[^"]*"/g, "");
    const counts = [",", ";", "\t", "|"].map((delimiter) => [delimiter, header.split(delimiter).length]);
    return counts.reduce((best, next) => (next[1] > best[1] ? next : best), [",", 0])[0];
}
function tableOf(rows, columns) {
    return { rows, columns: columns.filter((column) => column !== undefined && column !== "read again as text") };
}
function raggedRows(file, expected, { count, shown }) {
    const more = count > shown.length ? ` and ${count - shown.length} more lines differ` : "";
    return new errors/* UsageError */.eb(`${file}: every line must have ${expected} field${expected === 1 ? "" : "s"}, like the header, but ${shown.join(", ")}${more}. ` +
        "Quote values that hold the delimiter or a line break.");
}

;// CONCATENATED MODULE: ./build/src/data/json.js



/** Reads `[{"column": value, …}, …]`: an array of flat objects, one a row. A key that is absent or null is missing. */
function readJson(text, request) {
    const rows = parse(text, request.file);
    if (!Array.isArray(rows))
        throw new errors/* UsageError */.eb(`${request.file} must be an array of objects, one a row, such as [{"a": 1}, {"a": 2}] (pandas: orient="records"). ` +
            "One object a line goes into a .jsonl file.");
    return json_tableOf(rows, (index) => `row ${index + 1}`, request);
}
/** Reads one flat object a line. Blank lines are skipped. */
function readJsonLines(text, request) {
    const rows = [];
    const lines = [];
    let line = 1;
    for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; line++) {
        const end = text.indexOf("\n", at);
        const row = text.slice(at, end === -1 ? text.length : end);
        at = end === -1 ? text.length : end + 1;
        if (row.trim() === "")
            continue;
        rows.push(parse(row, request.file, line));
        lines.push(line);
        if (rows.length > request.maxRows)
            throw (0,table_request/* tooManyRows */.Zz)(request);
    }
    return json_tableOf(rows, (index) => `line ${lines[index]}`, request);
}
function json_tableOf(rows, place, request) {
    if (rows.length > request.maxRows)
        throw (0,table_request/* tooManyRows */.Zz)(request);
    const found = new Map();
    rows.forEach((row, index) => {
        if (typeof row !== "object" || row === null || Array.isArray(row))
            throw new errors/* UsageError */.eb(`${request.file}, ${place(index)}: an object such as {"a": 1} was expected, one a row.`);
        for (const [name, value] of Object.entries(row)) {
            let values = found.get(name);
            if (!values) {
                values = new Array(rows.length).fill(null);
                found.set(name, values);
            }
            values[index] = textOf(value);
        }
    });
    if (found.size === 0)
        throw new errors/* UsageError */.eb(`${request.file} holds no rows with columns.`);
    const columns = [...found];
    const wanted = (0,table_request/* selectColumns */.Gs)([...found.keys()], request);
    return {
        rows: rows.length,
        columns: wanted.flatMap((index) => {
            const column = columns[index];
            return column ? [columnOf(column[0], column[1], request.text.has(column[0]))] : [];
        }),
    };
}
function textOf(value) {
    if (value === null || value === undefined)
        return null;
    if (typeof value === "string")
        return value;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}
function parse(text, file, firstLine) {
    try {
        return JSON.parse(text, keepLongIntegers);
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        // V8 says where in most cases; the line of a JSON Lines file is known anyway.
        const position = /at position (\d+)/.exec(error.message)?.[1];
        const before = position === undefined ? "" : text.slice(0, Number(position));
        const line = position === undefined ? firstLine : (firstLine ?? 1) + before.split("\n").length - 1;
        throw new errors/* UsageError */.eb(`${file}${line === undefined ? "" : `:${line}`}: this is not valid JSON, or it ends too early. ` +
            "Missing numbers are null in JSON, not NaN.");
    }
}
/** An id such as 12345678901234567890 is not a float64; its text is. */
function keepLongIntegers(_key, value, context) {
    if (typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value))
        return value;
    return context?.source ?? value;
}

// EXTERNAL MODULE: ./build/src/natives/load-native.js
var load_native = __webpack_require__(62538);
;// CONCATENATED MODULE: ./build/src/data/duckdb.js


/**
 * Runs queries in a DuckDB of their own that can read one file and nothing else: no other path, no network, no
 * extensions. Threads are fixed, since results of some functions depend on them.
 * @throws UsageError when DuckDB cannot be loaded here
 */
async function withDuckDb(file, use, load = () => (0,load_native/* loadNative */.S)("@duckdb/node-api")) {
    const { DuckDBInstance } = await load().catch((error) => {
        throw new errors/* UsageError */.eb(`Parquet needs @duckdb/node-api, which could not be loaded for ${process.platform}-${process.arch} with Node ` +
            `${process.versions.node}. Install it with its optional dependencies (npm install @duckdb/node-api), or use a CSV file.`, { cause: error });
    });
    const instance = await DuckDBInstance.create(":memory:", {
        threads: "2",
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
        allow_community_extensions: "false",
    });
    try {
        const connection = await instance.connect();
        try {
            // The path as it is opened, and as queries spell it.
            await connection.run(`SET allowed_paths = [${sqlText(file)}, ${sqlText(withoutPatterns(file))}]`);
            await connection.run("SET enable_external_access = false");
            await connection.run("SET lock_configuration = true");
            return await use(connection);
        }
        finally {
            connection.closeSync();
        }
    }
    finally {
        instance.closeSync();
    }
}
function sqlText(text) {
    return `'${text.replaceAll("'", "''")}'`;
}
function sqlName(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
/** DuckDB reads `*`, `?` and `[` in a path as patterns; in brackets they stand for themselves. */
function withoutPatterns(path) {
    return path.replaceAll(/[[*?]/g, (character) => `[${character}]`);
}

;// CONCATENATED MODULE: ./build/src/data/parquet.js



/** Types that are numbers; everything else is text, booleans as `true` and `false`, times in ISO form. */
const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/;
/** Reads a Parquet file with DuckDB, by the types that the file declares. */
async function readParquet(path, request) {
    const from = `read_parquet(${sqlText(withoutPatterns(path))}, hive_partitioning = false)`;
    try {
        return await withDuckDb(path, async (connection) => {
            const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
            const fields = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
            const chosen = (0,table_request/* selectColumns */.Gs)(fields.map(({ name }) => name), request).flatMap((index) => fields[index] ?? []);
            const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${from}`);
            const rows = Number(counted.getRows()[0]?.[0] ?? 0);
            if (rows > request.maxRows)
                throw (0,table_request/* tooManyRows */.Zz)(request);
            if (rows * chosen.length > table_request/* tableLimits */.N$.cells)
                throw new errors/* UsageError */.eb(`${request.file} has ${rows} × ${chosen.length} values; at most ${table_request/* tableLimits */.N$.cells} can be read.`);
            if (chosen.length === 0)
                return { rows, columns: [] };
            const columns = chosen.map(({ name, type }) => createBuffer(name, rows, numeric.test(type) && !request.text.has(name)));
            const expressions = chosen.map(({ name, type }, index) => expression(name, type, columns[index]?.kind === "number"));
            const result = await connection.stream(`SELECT ${expressions.join(", ")} FROM ${from}`);
            let offset = 0;
            for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
                for (const [index, column] of columns.entries()) {
                    const vector = chunk.getColumnVector(index);
                    for (let row = 0; row < chunk.rowCount; row++)
                        put(column, offset + row, vector.getItem(row));
                }
                offset += chunk.rowCount;
            }
            if (offset !== rows)
                throw new errors/* UsageError */.eb(`${request.file} has ${rows} rows by its footer, but ${offset} could be read.`);
            return { rows, columns };
        });
    }
    catch (error) {
        if (error instanceof errors/* UsageError */.eb)
            throw error;
        const why = error instanceof Error ? (error.message.split("\n")[0] ?? "").replaceAll(path, request.file) : "";
        throw new errors/* UsageError */.eb(`${request.file} is no complete Parquet file: ${why} Write or fetch the file again.`, { cause: error });
    }
}
function createBuffer(name, rows, isNumber) {
    return isNumber ? { kind: "number", name, values: new Float64Array(rows) } : { kind: "text", name, values: [] };
}
function put(column, row, value) {
    if (column.kind === "number")
        column.values[row] = typeof value === "number" ? value : Number.NaN;
    else
        column.values[row] = typeof value === "string" && value !== "" ? value : null;
}
/** Whole floats as text lose `.0`: a label or id that pandas made a float is written as the whole number it was. */
function expression(name, type, asNumber) {
    if (asNumber)
        return `CAST(${sqlName(name)} AS DOUBLE)`;
    const text = `CAST(${sqlName(name)} AS VARCHAR)`;
    return type === "FLOAT" || type === "DOUBLE" ? `regexp_replace(${text}, '\\.0$', '')` : text;
}

;// CONCATENATED MODULE: ./build/src/data/read-table.js








/**
 * Reads a table by its file's extension: `.csv`, `.tsv`, `.json` (an array of objects), `.jsonl` or `.ndjson`, `.parquet`.
 *
 * Types. In text formats a column is numeric when every value that is not empty spells a number (`number-text.ts`); beside
 * numbers, `NA`, `N/A`, `null`, `None` and `nan` are missing. Every other column is text, exactly as written. In Parquet the
 * declared type decides; booleans are text, `true` and `false`. An empty value is missing.
 * @throws UsageError when the file is not there, is a pointer to data that was not pulled, is empty, is not what its
 * extension says, or is over a limit
 */
async function readTable(path, options = {}) {
    const files = options.files ?? (0,node_files/* createNodeFiles */._)();
    const request = {
        file: options.name ?? path,
        text: new Set(options.text),
        columns: options.columns,
        maxRows: options.maxRows ?? table_request/* tableLimits */.N$.rows,
    };
    const read = readers.get((0,external_node_path_.extname)(path).toLowerCase());
    const bytes = await checkFile(path, request.file, files);
    if (!read)
        throw new errors/* UsageError */.eb(`${request.file}: a table must end in ${[...readers.keys()].join(", ")}; ${JSON.stringify((0,external_node_path_.extname)(path))} is not supported.`);
    return read({ path, bytes, files, request });
}
const textReader = (read) => async ({ path, bytes, files, request }) => {
    checkSize(request.file, bytes, table_request/* tableLimits */.N$.textBytes, " Use Parquet for larger tables.");
    return read(await decode(path, request.file, files), request);
};
const parquetReader = ({ path, bytes, request }) => {
    checkSize(request.file, bytes, table_request/* tableLimits */.N$.parquetBytes, "");
    return readParquet(path, request);
};
const readers = new Map([
    [".csv", textReader((text, request) => readCsv(text, undefined, request))],
    [".tsv", textReader((text, request) => readCsv(text, "\t", request))],
    [".json", textReader(readJson)],
    [".jsonl", textReader(readJsonLines)],
    [".ndjson", textReader(readJsonLines)],
    [".parquet", parquetReader],
]);
function checkSize(file, bytes, limit, advice) {
    if (bytes > limit)
        throw new errors/* UsageError */.eb(`${file} has ${bytes} bytes; at most ${limit} can be read as this format.${advice}`);
}
/** @returns the file's size */
async function checkFile(path, file, files) {
    const found = await files.stat(path);
    if (!found) {
        const pointer = await files.exists(`${path}.dvc`);
        throw new errors/* UsageError */.eb(pointer
            ? `${file} is not there, only its pointer ${(0,external_node_path_.basename)(path)}.dvc. Pull the data first: dvc pull ${file}`
            : `${file}: there is no such file. Check the path, and that the data was pulled or made.`);
    }
    if (found.isFolder)
        throw new errors/* UsageError */.eb(`${file} is a folder; one file was expected.`);
    if (found.bytes === 0)
        throw new errors/* UsageError */.eb(`${file} is empty; a table with column names was expected.`);
    if (found.bytes <= largestPointer) {
        const text = (await files.readText(path)) ?? "";
        if (text.startsWith("version https://git-lfs.github.com/spec/"))
            throw new errors/* UsageError */.eb(`${file} is a Git LFS pointer, not the data. Pull the data first: git lfs pull`);
        if ((0,external_node_path_.extname)(path) === ".dvc" || /^(outs|md5|deps):/.test(text))
            throw new errors/* UsageError */.eb(`${file} is a DVC pointer, not the data. Pull the data first (dvc pull) and name the file itself.`);
    }
    return found.bytes;
}
const largestPointer = 4_096;
async function decode(path, file, files) {
    const bytes = await files.readBytes(path, table_request/* tableLimits */.N$.textBytes);
    if (!bytes)
        throw new errors/* UsageError */.eb(`${file} vanished while it was read.`);
    const isUtf16 = bytes.length > 1 && (bytes.readUInt16LE() === 0xfeff || bytes.readUInt16BE() === 0xfeff);
    if (isUtf16 || bytes.subarray(0, 4_096).includes(0))
        throw new errors/* UsageError */.eb(`${file} is not UTF-8 text: it looks like UTF-16 or a binary file. Save it as UTF-8.`);
    if (!(0,external_node_buffer_.isUtf8)(bytes))
        throw new errors/* UsageError */.eb(`${file}:${firstBadLine(bytes)}: this line is not UTF-8. Save the file as UTF-8.`);
    return bytes.toString("utf8");
}
function firstBadLine(bytes) {
    let line = 1;
    for (let at = 0; at < bytes.length; line++) {
        const end = bytes.indexOf(10, at);
        const next = end === -1 ? bytes.length : end + 1;
        if (!(0,external_node_buffer_.isUtf8)(bytes.subarray(at, next)))
            return line;
        at = next;
    }
    return line;
}


/***/ }),

/***/ 10934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gs: () => (/* binding */ selectColumns),
/* harmony export */   N$: () => (/* binding */ tableLimits),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   Zz: () => (/* binding */ tooManyRows)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);

/** What one table may cost; the readers hold it in memory. */
const tableLimits = {
    /** Text formats are decoded as one string, which V8 limits to 512 MiB. */
    textBytes: 500 * 1024 * 1024,
    parquetBytes: 2 * 1024 * 1024 * 1024,
    rows: 10_000_000,
    columns: 10_000,
    /** Rows × columns that are kept. */
    cells: 200_000_000,
    /** Bad lines, ids or names that a message lists. */
    shownProblems: 5,
};
/** Indexes of the wanted columns, in the file's order. */
function selectColumns(names, { file, columns }) {
    if (names.length > tableLimits.columns)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${file} has ${names.length} columns; at most ${tableLimits.columns} can be read.`);
    const duplicates = names.filter((name, index) => names.indexOf(name) !== index);
    if (duplicates.length > 0)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${file}: ${quoted(duplicates)} names more than one column. Give every column a name of its own.`);
    const missing = columns?.filter((name) => !names.includes(name)) ?? [];
    if (missing.length > 0)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${file} has no column ${quoted(missing)}; it has ${quoted(names, 20)}. Mind upper and lower case.`);
    const wanted = columns && new Set(columns);
    return names.map((_, index) => index).filter((index) => wanted?.has(names[index] ?? "") ?? true);
}
function tooManyRows({ file, maxRows }) {
    return new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${file} has more than ${maxRows} rows, which is the most that can be read. Use a sample of the rows.`);
}
/** `"a", "b" and 3 more` */
function quoted(names, shown = tableLimits.shownProblems) {
    const more = names.length - shown;
    const list = names.slice(0, shown).map((name) => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name));
    return `${list.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}


/***/ }),

/***/ 62538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ loadNative)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(98995);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73136);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23154);
var __rewriteRelativeImportExtension = (undefined && undefined.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};



/**
 * Loads a native package as installed beside Assay, or in one of the given folders, which come first.
 * @throws UsageError naming the package, what loading it said, and how to install it
 */
async function loadNative(name, folders = []) {
    const places = [...folders.map((folder) => (0,node_url__WEBPACK_IMPORTED_MODULE_1__.pathToFileURL)(`${folder}/`).href), import.meta.url];
    const problems = [];
    for (const place of places) {
        try {
            const path = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(place).resolve(name);
            return (await import(__rewriteRelativeImportExtension(/* webpackIgnore: true */ (0,node_url__WEBPACK_IMPORTED_MODULE_1__.pathToFileURL)(path).href)));
        }
        catch (error) {
            problems.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
        }
    }
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${name} could not be loaded on ${process.platform}-${process.arch} with Node ${process.versions.node}: ${problems.join("; ")}. ` +
        `Install Assay with its dependencies (\`npm ci\` in its folder), or ${name} where the command runs.`);
}


/***/ })

};
