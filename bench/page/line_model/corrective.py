import cv_util
from cv_util import *
import re
rows=pickle.load(open('/tmp/q/rows.pkl','rb'))
src=open('/work/page-quality/crates/article/src/body/features.rs').read()
names=re.findall(r'"(\w+)"',src[src.index('NAMES'):src.index('pub(crate) const COUNT')])
drop={'rule_body','body','related','notice_share','author_byline','other','caption','prev_body','next_body','around_body','hint_furniture','hint_caption','hint_byline','hint_article','region_furniture'}
idx=[i for i,n in enumerate(names) if n not in drop]
KEEP={'headline','standfirst'}
def cand(l,x):
    return l['kind'] in BODY or x[names.index('inside')]>0 or (x[names.index('sentence')]>0 and x[0]>4 and x[1]<.5)
allc=sum(cand(l,x) for r in rows for l,x in zip(r['lines'],r['X'])); print('candidates per page',allc/len(rows), 'lines per page',sum(len(r['lines']) for r in rows)/len(rows))
def run(tag,idx,n,leaves,lr,tw=4,l2=5,mind=40):
    cv_util.wt.__defaults__=None
    p=dict(params,num_leaves=leaves,learning_rate=lr,lambda_l2=l2,min_data_in_leaf=mind)
    global TW; 
    probs=cv(rows,idx,n,p)
    for lo,hi in [(.2,.8),(.12,.88),(.08,.92)]:
        b=[[ (l['kind'] in BODY) if l['kind'] in KEEP or not cand(l,x) else (p>lo if l['kind'] in BODY else p>hi) for l,p,x in zip(r['lines'],q,r['X'])] for r,q in zip(rows,probs)]
        print(tag,lo,hi,{k:re.sub(r' mF1.*acc',' acc',re.sub(r'^.*F1=(0\.\d+) mF1=(0\.\d+)',r'\1 \2',v)) for k,v in score(rows,b).items()},flush=True)
    return probs
run('60x8',idx,60,8,.1)
run('100x8',idx,100,8,.08)
run('60x16',idx,60,16,.1)
run('200x12',idx,200,12,.04)
m=lgb.train(dict(params,num_leaves=8,learning_rate=.1),lgb.Dataset(np.concatenate([r['X'][:,idx] for r in rows])[np.concatenate([r['y'] for r in rows])>=0],np.concatenate([r['y'] for r in rows])[np.concatenate([r['y'] for r in rows])>=0]),60)
imp=sorted(zip(m.feature_importance('gain'),[names[i] for i in idx]),reverse=True); print([(round(a),b) for a,b in imp])
