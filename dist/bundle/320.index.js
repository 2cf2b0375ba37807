export const id = 320;
export const ids = [320];
export const modules = {

/***/ 73320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderSummary: () => (/* binding */ renderSummary)
/* harmony export */ });
/* harmony import */ var _markdown_report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13970);

/** GitHub stops at 1 MiB a step. */
const summaryBudget = 1_000_000;
/** The job summary; all that a fork's pull request gets without the app. */
function renderSummary(report) {
    return `${(0,_markdown_report_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownReport */ .q)(report, summaryBudget)}\n`;
}


/***/ })

};
