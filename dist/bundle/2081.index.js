export const id=2081;export const ids=[2081];export const modules={92081:((e,t,n)=>{n.d(t,{pB:()=>l,renderComment:()=>s});var r=n(32105),i=n(45845),a=n(55420);let o=`<!-- assay:report v1 -->`;function s(e){return{marker:o,body:`${o}\n${(0,a.q)(e,59975)}`}}let c=`<!-- assay:stale -->`;function l(e,t,n){let a=`The results below are for \`${(0,i.Fu)(t)}\`; \`${(0,i.Fu)(n)}\` is being evaluated.`;if(e.includes(c))return e.replace(/; `[0-9a-f]{7}` is being evaluated\./,`; \`${(0,i.Fu)(n)}\` is being evaluated.`);let{title:s,body:l}=d(e);return[`${o}\n${c}\n## ~~${s}~~`,(0,r.xE)(`NOTE`,[a]),u(l,t)].join(`

`)}function u(e,t){return`<details><summary>Results for <code>${(0,i.Fu)(t)}</code></summary>\n\n${e}\n\n</details>`}function d(e){let[t=``,...n]=e.replace(o,``).trim().split(`
`),r=n.filter(e=>!/^> \[![A-Z]+\]$/.test(e)).join(`
`).trim();return{title:t.replace(/^#+ /,``),body:r}}})};
